// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import java.time.Duration;
import java.util.Objects;

/** Checks of configured times; Redis counts in whole milliseconds. */
final class Durations {

  private Durations() {}

  static void requirePositive(String field, Duration duration) {
    Objects.requireNonNull(duration, field);
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException(field + ": " + duration + " (expected: 1 ms or more)");
    }
  }

  static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
