// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import org.HdrHistogram.Histogram;

/**
 * What a closed loop saw: as many requests as connections in flight, each after the answer to the
 * one before.
 *
 * @param seconds from the first request to the last answer
 * @param failed answers that were not the expected one; they count as requests too
 * @param nanos times of answers
 */
record Load(long requests, long failed, double seconds, Histogram nanos) {
  private static final long LONGEST = 60_000_000_000L;

  /** An empty histogram of times up to a minute, two digits exact; not for several threads. */
  static Histogram times() {
    return new Histogram(LONGEST, 2);
  }

  /** Adds a time, cut to what the histogram holds. */
  static void record(Histogram times, long nanos) {
    times.recordValue(Math.min(nanos, LONGEST));
  }

  double perSecond() {
    return requests / seconds;
  }

  /** The time in milliseconds that this percentage of all stayed within. */
  double millis(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }
}
