// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.schedule;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs background work again and again: the next round begins a period after the last one ended, so
 * rounds never overlap; one that fails is logged and the next one tries again. A round that takes
 * longer than its limit counts as failed: whatever it waits for may never come.
 */
public final class Periodic implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Periodic.class);

  private final String name;
  private final Duration period;
  private final Duration limit;
  private final Supplier<? extends CompletionStage<?>> work;
  private final ScheduledExecutorService executor;
  private volatile long wentWellAt = System.nanoTime();

  private Periodic(
      String name, Duration period, Duration limit, Supplier<? extends CompletionStage<?>> work) {
    this.name = name;
    this.period = period;
    this.limit = limit;
    this.work = work;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts; the first round begins after one period. */
  public static Periodic start(
      String name, Duration period, Duration limit, Supplier<? extends CompletionStage<?>> work) {
    Periodic periodic = new Periodic(name, period, limit, work);
    periodic.schedule();
    return periodic;
  }

  private synchronized void schedule() {
    if (!executor.isShutdown()) {
      executor.schedule(this::round, period.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void round() {
    CompletableFuture<?> running;
    try {
      running =
          work.get()
              .toCompletableFuture()
              .copy()
              .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      running = CompletableFuture.failedFuture(e);
    }
    running.whenComplete(
        (done, failure) -> {
          if (failure != null && !executor.isShutdown()) {
            log.atWarn().addKeyValue("work", name).setCause(failure).log("background work failed");
          }
          if (failure == null) wentWellAt = System.nanoTime();
          schedule();
        });
  }

  /** How long ago a round last went well, or all began; seconds. */
  public double secondsSinceSuccess() {
    return (System.nanoTime() - wentWellAt) / 1e9;
  }

  /** No round begins after this; one that is running ends by itself. */
  @Override
  public synchronized void close() {
    executor.shutdownNow();
  }
}
