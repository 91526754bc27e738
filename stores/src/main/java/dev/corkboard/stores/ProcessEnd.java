// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for processes that were told to stop, and kills those that did not. */
final class ProcessEnd {
  private ProcessEnd() {}

  /** Returns when all have ended; those still running after the grace get SIGKILL. */
  static void await(List<ProcessHandle> processes, Duration grace) {
    if (!allEnded(processes, grace)) {
      processes.forEach(ProcessHandle::destroyForcibly);
      allEnded(processes, Duration.ofSeconds(10));
    }
  }

  private static boolean allEnded(List<ProcessHandle> processes, Duration limit) {
    CompletableFuture<?>[] ends =
        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
