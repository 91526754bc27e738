// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

/**
 * How much of the past of a collage is kept; all in edits.
 *
 * @param snapshotEvery how far apart snapshots of the recent past are
 * @param edits how many of the last edits are kept at least
 * @param oldSnapshotEvery how far apart snapshots of the older past are; a multiple of {@code
 *     snapshotEvery}
 * @param oldSnapshots how many snapshots of the older past are kept
 * @param baseAge how many edits an edit may be behind
 */
public record Retention(
    int snapshotEvery, int edits, int oldSnapshotEvery, int oldSnapshots, int baseAge) {
  public static final Retention DEFAULT = new Retention(50, 2_000, 1_000, 20, 1_000);

  public Retention {
    if (snapshotEvery < 1 || oldSnapshotEvery % snapshotEvery != 0 || baseAge > edits) {
      throw new IllegalArgumentException(
          "retention of %d, %d, %d, %d, %d"
              .formatted(snapshotEvery, edits, oldSnapshotEvery, oldSnapshots, baseAge));
    }
  }

  /** The newest revision that is to have a snapshot. */
  long snapshotAt(long revision) {
    return revision - revision % snapshotEvery;
  }

  /** The revision up to which edits go. */
  long trimmedTo(long revision) {
    return snapshotAt(Math.max(0, revision - edits));
  }
}
