// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.platform.schedule.BoundedExecutor;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/** Threads for one kind of work on media. */
public final class MediaExecutor extends BoundedExecutor {
  /** A pool whose threads are started as they are needed. */
  public MediaExecutor(String name, int threads, int queue, MeterRegistry metrics) {
    super(name, threads, queue, metrics);
  }

  /**
   * What the task answers or throws; OVERLOADED when it may not even wait, UNAVAILABLE when it
   * throws an {@link IOException}, for then a disk or a store does not do its work.
   */
  <T> CompletionStage<T> submit(Callable<T> task) {
    return submit(task, "The media store does not answer.");
  }
}
