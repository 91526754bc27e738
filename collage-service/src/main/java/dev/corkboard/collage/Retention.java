// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.common.collect.Lists;
import java.util.List;

/**
 * How much of the past of a collage is kept; in edits unless said otherwise.
 *
 * @param snapshotEvery how far apart snapshots of the recent past are
 * @param edits how many of the last edits are kept
 * @param bytes how large these may be together; there are fewer when they are larger
 * @param oldSnapshotEvery how far apart snapshots of the older past are; a multiple of {@code
 *     snapshotEvery}
 * @param oldSnapshots how many snapshots of the older past are kept
 * @param baseAge how many edits an edit may be behind
 */
public record Retention(
    int snapshotEvery, int edits, long bytes, int oldSnapshotEvery, int oldSnapshots, int baseAge) {
  public static final Retention DEFAULT = new Retention(50, 2_000, 128 << 20, 1_000, 20, 1_000);

  public Retention {
    if (snapshotEvery < 1
        || bytes < 0
        || oldSnapshotEvery % snapshotEvery != 0
        || baseAge > edits) {
      throw new IllegalArgumentException("a retention that cannot be kept to");
    }
  }

  /** The newest revision that is to have a snapshot. */
  long snapshotAt(long revision) {
    return revision - revision % snapshotEvery;
  }

  /**
   * The revision up to which edits go; 0 when all stay.
   *
   * @param sizes of the edits that are kept, in bytes, oldest first; the last one made the revision
   */
  long trimmedTo(long revision, List<Integer> sizes) {
    return Math.max(snapshotAt(Math.max(0, revision - edits)), tooLarge(revision, sizes));
  }

  private long tooLarge(long revision, List<Integer> sizes) {
    long at = revision;
    long room = bytes;
    for (int size : Lists.reverse(sizes)) {
      room -= size;
      if (room < 0) return Math.min(snapshotAt(at + snapshotEvery - 1), snapshotAt(revision));
      at--;
    }
    return 0;
  }
}
