// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.time.Duration;

/**
 * What calls of S3 may take.
 *
 * @param connect until a connection is made, or one of the pool is free
 * @param silence between two bytes that arrive
 * @param attempt one attempt of a call
 * @param call a call with its repeats; of a read, until its first byte
 * @param connections at once
 * @param openReads how many reads keep a connection while they wait for their reader
 * @param partBytes how much of a file goes into one request; S3 takes 5 MiB or more
 * @param pageKeys how many names one answer to a listing holds; S3 gives 1,000 or fewer
 */
record S3Limits(
    Duration connect,
    Duration silence,
    Duration attempt,
    Duration call,
    int connections,
    int openReads,
    int partBytes,
    int pageKeys) {

  /**
   * Fit for a store in the same datacentre: a part may travel at 4 Mbit/s. Reads that are open, and
   * one call for each thread that can make one, never exhaust the connections.
   */
  static S3Limits standard() {
    return new S3Limits(
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(40),
        192,
        64,
        8 << 20,
        1_000);
  }
}
