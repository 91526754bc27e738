// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import java.time.Duration;

/** Elapsed time and delayed work, so that tests decide when time passes. */
interface CacheTimer {

  /** Nanoseconds of a monotonic clock. */
  long nanoTime();

  void schedule(Duration delay, Runnable task);

  static CacheTimer of(RedisConnection redis) {
    return new CacheTimer() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void schedule(Duration delay, Runnable task) {
        redis.schedule(delay, task);
      }
    };
  }
}
