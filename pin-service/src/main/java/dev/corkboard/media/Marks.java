// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.common.hash.Hashing;
import java.util.Arrays;

/**
 * A set of names, 8 bytes each, that is filled first and asked then. Two names may look the same to
 * it; then what is garbage is kept, never the other way round.
 */
final class Marks {
  private static final int FIRST_SIZE = 1024;

  private long[] hashes = new long[FIRST_SIZE];
  private int size;
  private boolean sorted = true;

  synchronized void add(String name) {
    if (size == hashes.length) compact();
    hashes[size++] = hash(name);
    sorted = false;
  }

  synchronized boolean contains(String name) {
    if (!sorted) compact();
    return Arrays.binarySearch(hashes, 0, size, hash(name)) >= 0;
  }

  /** Sorts, drops repeats, and makes room for as many again. */
  private void compact() {
    Arrays.sort(hashes, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || hashes[i] != hashes[i - 1]) hashes[kept++] = hashes[i];
    }
    size = kept;
    sorted = true;
    hashes = Arrays.copyOf(hashes, Math.max(FIRST_SIZE, 2 * size));
  }

  private static long hash(String name) {
    return Hashing.sipHash24().hashUnencodedChars(name).asLong();
  }
}
