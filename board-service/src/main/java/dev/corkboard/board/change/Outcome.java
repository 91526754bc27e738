// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

/** What became of an intent. */
public enum Outcome {
  /** Not known yet: in flight, or its writer died. */
  OPEN(0),
  /** The change is committed. */
  APPLIED(1),
  /** The change did not happen and never will. */
  ABORTED(2);

  private final byte code;

  Outcome(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static Outcome of(byte code) {
    return switch (code) {
      case 1 -> APPLIED;
      case 2 -> ABORTED;
      default -> OPEN;
    };
  }
}
