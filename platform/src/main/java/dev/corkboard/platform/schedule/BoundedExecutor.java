// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.schedule;

import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trails;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A named pool of a fixed number of threads in front of which a bounded number of tasks may wait;
 * one more fails with OVERLOADED. Its queue is a gauge, {@code corkboard.executor.queued}.
 */
public class BoundedExecutor implements Executor, AutoCloseable {
  private static final int STOP_SECONDS = 10;

  private final String name;
  private final ThreadPoolExecutor threads;

  /** A pool whose threads are started as they are needed. */
  public BoundedExecutor(String name, int threads, int queue, MeterRegistry metrics) {
    this.name = name;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(queue),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.threads.allowCoreThreadTimeOut(true);
    new ExecutorServiceMetrics(this.threads, name, "corkboard", Tags.empty()).bindTo(metrics);
  }

  @Override
  public final void execute(Runnable task) {
    try {
      threads.execute(Trails.carry(task));
    } catch (RejectedExecutionException full) {
      throw ApiException.overloaded(name);
    }
  }

  /**
   * What the task answers or throws; OVERLOADED when it may not even wait.
   *
   * @param broken what UNAVAILABLE says when it throws an {@link IOException}
   */
  public final <T> CompletionStage<T> submit(Callable<T> task, String broken) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      execute(
          () -> {
            try {
              answer.complete(task.call());
            } catch (IOException e) {
              answer.completeExceptionally(ApiException.unavailable(broken, e));
            } catch (Throwable failure) {
              answer.completeExceptionally(failure);
            }
          });
    } catch (ApiException overloaded) {
      answer.completeExceptionally(overloaded);
    }
    return answer;
  }

  /** Takes no new tasks and waits for those there are, at most 10 seconds. */
  @Override
  public final void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) threads.shutdownNow();
    } catch (InterruptedException interrupted) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
