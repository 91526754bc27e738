// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.schedule.BoundedExecutor;
import io.grpc.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/** The threads that draw, in front of which a bounded number of drawings may wait. */
public final class RenderExecutor implements AutoCloseable {
  private static final String NAME = "rendering";

  private final BoundedExecutor threads;

  /** A thread for each core. */
  public RenderExecutor(int queue, MeterRegistry metrics) {
    this(Math.max(1, Runtime.getRuntime().availableProcessors()), queue, metrics);
  }

  /** Threads are started as they are needed. */
  public RenderExecutor(int threads, int queue, MeterRegistry metrics) {
    this.threads = new BoundedExecutor(NAME, threads, queue, metrics);
  }

  /**
   * What the task answers or throws; OVERLOADED when it may not even wait or takes more memory than
   * there is, UNAVAILABLE when it throws an {@link IOException}, for then a picture cannot be read.
   * It does not begin, nor draw another layer, once the call is cancelled.
   *
   * @param call the gRPC context of who waits for it; one that is current in a continuation is not
   */
  public <T> CompletionStage<T> submit(Context call, Callable<T> task) {
    return threads.submit(call.wrap(() -> draw(task)), "A picture of the collage cannot be read.");
  }

  private static <T> T draw(Callable<T> task) throws Exception {
    Abandonment.check();
    try {
      return task.call();
    } catch (OutOfMemoryError full) {
      throw ApiException.overloaded(NAME);
    }
  }

  /** Takes no new tasks and waits for those there are, at most 10 seconds. */
  @Override
  public void close() {
    threads.close();
  }
}
