// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** How long something took, many times over. */
final class Times {
  private long[] nanos = new long[1024];
  private int size;

  synchronized void add(long taken) {
    if (size == nanos.length) nanos = Arrays.copyOf(nanos, 2 * size);
    nanos[size++] = taken;
  }

  synchronized int size() {
    return size;
  }

  /** The time in milliseconds that this share of all stayed within. */
  synchronized double millis(double share) {
    if (size == 0) return 0;
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[Math.min(size - 1, (int) Math.ceil(share * size) - 1)] / 1e6;
  }

  double median() {
    return millis(0.5);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms, p99 %.2f ms, max %.2f ms of %d",
        median(),
        millis(0.99),
        millis(1),
        size);
  }
}
