// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trails;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that apply edits to documents; one too many that waits fails with OVERLOADED. */
final class EditingThreads implements Executor, AutoCloseable {
  private static final String NAME = "editing";
  private static final int QUEUE = 1_024;

  private final ThreadPoolExecutor threads;

  EditingThreads(MeterRegistry metrics) {
    AtomicInteger number = new AtomicInteger();
    int size = Math.max(2, Runtime.getRuntime().availableProcessors());
    threads =
        new ThreadPoolExecutor(
            size,
            size,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(task, NAME + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    new ExecutorServiceMetrics(threads, NAME, "corkboard", Tags.empty()).bindTo(metrics);
  }

  @Override
  public void execute(Runnable task) {
    try {
      threads.execute(Trails.carry(task));
    } catch (RejectedExecutionException full) {
      throw ApiException.overloaded(NAME);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
