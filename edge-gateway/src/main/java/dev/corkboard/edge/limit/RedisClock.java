// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import io.github.bucket4j.TimeMeter;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The clock of Redis, asked for every ten seconds: edges that share a bucket would otherwise refill
 * it by clocks that may be minutes apart.
 */
final class RedisClock implements TimeMeter {
  private static final long ASK_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Nanoseconds of Redis' clock at a moment of this JVM's monotonic one. */
  private record Reading(long redis, long local) {}

  private volatile Reading last;

  /** Done when the time is known; fails when Redis does not tell it. */
  CompletionStage<Void> read(RedisAsyncCommands<byte[], byte[]> redis) {
    Reading known = last;
    if (known != null && System.nanoTime() - known.local() < ASK_AFTER_NANOS) {
      return CompletableFuture.completedStage(null);
    }
    return redis.time().thenAccept(this::set);
  }

  private void set(List<byte[]> secondsAndMicros) {
    long nanos =
        TimeUnit.SECONDS.toNanos(number(secondsAndMicros.get(0)))
            + TimeUnit.MICROSECONDS.toNanos(number(secondsAndMicros.get(1)));
    last = new Reading(nanos, System.nanoTime());
  }

  private static long number(byte[] text) {
    return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
  }

  @Override
  public long currentTimeNanos() {
    Reading known = last;
    return known.redis() + System.nanoTime() - known.local();
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }
}
