// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trails;
import io.grpc.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that draw, of a fixed number, in front of which a bounded number of drawings may
 * wait; one more fails with OVERLOADED. What waits is a gauge, {@code corkboard.executor.queued}.
 */
public final class RenderExecutor implements AutoCloseable {
  private static final String NAME = "rendering";
  private static final int STOP_SECONDS = 10;

  private final ThreadPoolExecutor threads;

  /** A thread for each core. */
  public RenderExecutor(int queue, MeterRegistry metrics) {
    this(Math.max(1, Runtime.getRuntime().availableProcessors()), queue, metrics);
  }

  /** Threads are started as they are needed. */
  public RenderExecutor(int threads, int queue, MeterRegistry metrics) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(queue),
            task -> {
              Thread thread = new Thread(task, NAME + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.threads.allowCoreThreadTimeOut(true);
    new ExecutorServiceMetrics(this.threads, NAME, "corkboard", Tags.empty()).bindTo(metrics);
  }

  /**
   * What the task answers or throws; OVERLOADED when it may not even wait or takes more memory than
   * there is, UNAVAILABLE when it throws an {@link IOException}, for then a picture cannot be read.
   * It does not begin, nor draw another layer, once the call is cancelled.
   *
   * @param call the gRPC context of who waits for it; one that is current in a continuation is not
   */
  public <T> CompletionStage<T> submit(Context call, Callable<T> task) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      Runnable drawing =
          () -> {
            try {
              Abandonment.check();
              answer.complete(task.call());
            } catch (IOException broken) {
              answer.completeExceptionally(
                  ApiException.unavailable("A picture of the collage cannot be read.", broken));
            } catch (OutOfMemoryError full) {
              answer.completeExceptionally(ApiException.overloaded(NAME));
            } catch (Throwable failure) {
              answer.completeExceptionally(failure);
            }
          };
      threads.execute(Trails.carry(call.wrap(drawing)));
    } catch (RejectedExecutionException full) {
      answer.completeExceptionally(ApiException.overloaded(NAME));
    }
    return answer;
  }

  /** Takes no new tasks and waits for those there are, at most 10 seconds. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) threads.shutdownNow();
    } catch (InterruptedException interrupted) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
