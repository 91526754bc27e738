// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import dev.corkboard.platform.schedule.Stages;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Holds calls up for a seeded random while, so that they overtake one another. */
final class RandomDelays implements AutoCloseable {

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3);
  private final Random random;

  RandomDelays(long seed) {
    random = new Random(seed);
  }

  /** A number below the bound. */
  int below(int bound) {
    synchronized (random) {
      return random.nextInt(bound);
    }
  }

  /** Mostly at once, sometimes after up to two milliseconds. */
  <T> CompletionStage<T> later(Supplier<CompletionStage<T>> call) {
    CompletableFuture<Void> start = new CompletableFuture<>();
    long micros = below(3) == 0 ? below(2_000) : below(50);
    threads.schedule(() -> start.complete(null), micros, TimeUnit.MICROSECONDS);
    return start.thenCompose(now -> Stages.call(call));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
