// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

/**
 * Where a Pin stands and what it says.
 *
 * @param board the id of the board, empty for nowhere
 * @param version the number its title carries; {@link #ANY} while only an answer can tell
 */
record Place(String board, int version) {
  static final int ANY = -1;

  /** Of a Pin that is not there, or not any more. */
  static final Place NOWHERE = new Place("", ANY);

  boolean isNowhere() {
    return board.isEmpty();
  }

  boolean on(String other) {
    return board.equals(other);
  }

  /** Whether a Pin that is shown so may be at this place. */
  boolean shows(String shownBoard, int shownVersion) {
    return on(shownBoard) && (version == ANY || version == shownVersion);
  }
}
