// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

import java.time.Duration;

/**
 * The times of the change log.
 *
 * @param lag how old an intent is before followers look at it; saves repeats, nothing depends on it
 * @param recheck for how long followers look at a bucket again at every call, and how often at
 *     those that are older
 * @param overlap how long followers keep a bucket before they pass it for good, and sweepers before
 *     they close it: a third for the writer's clock that is behind, a third for the reader's that
 *     is ahead, and a writer that needs a fifth to write its intent takes a new one
 * @param grace how old an open intent is before it is settled by others
 * @param retention how long changes are kept; at most the 7 days the rows live
 */
public record LogTimes(
    Duration lag, Duration recheck, Duration overlap, Duration grace, Duration retention) {
  public static final LogTimes DEFAULT =
      new LogTimes(
          Duration.ofMillis(300),
          Duration.ofSeconds(60),
          Duration.ofMinutes(15),
          Duration.ofSeconds(30),
          Duration.ofDays(7).minusHours(1));

  /** The same with another lag. */
  public LogTimes withLag(Duration other) {
    return new LogTimes(other, recheck, overlap, grace, retention);
  }

  /** The same with another grace. */
  public LogTimes withGrace(Duration other) {
    return new LogTimes(lag, recheck, overlap, other, retention);
  }
}
