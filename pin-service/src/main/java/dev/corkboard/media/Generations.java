// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Numbers for generations of bytes: when they were begun, in milliseconds, and 20 random bits. */
final class Generations {
  private static final int RANDOM_BITS = 20;

  private Generations() {}

  static long begin(Instant now) {
    long random = ThreadLocalRandom.current().nextLong(1L << RANDOM_BITS);
    return now.toEpochMilli() << RANDOM_BITS | random;
  }

  static Instant begun(long generation) {
    return Instant.ofEpochMilli(generation >>> RANDOM_BITS);
  }
}
