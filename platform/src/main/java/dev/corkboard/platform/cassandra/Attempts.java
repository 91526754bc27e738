// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trails;
import io.grpc.Context;
import io.grpc.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Repeats a write that lost a race, with jittered pauses, within the deadline of the call. */
public final class Attempts {
  private static final int MAX = 12;
  private static final int FIRST_PAUSE_MILLIS = 4;
  private static final int LONGEST_PAUSE_MILLIS = 250;

  private Attempts() {}

  /**
   * Runs the attempt until it answers; empty means that another writer won and it is to run again.
   * Fails with ABORTED CONTENTION when it never does.
   */
  public static <T> CompletionStage<T> until(Supplier<CompletionStage<Optional<T>>> attempt) {
    return next(attempt, 1, Context.current().getDeadline());
  }

  private static <T> CompletionStage<T> next(
      Supplier<CompletionStage<Optional<T>>> attempt, int number, Deadline deadline) {
    return attempt
        .get()
        .thenCompose(
            answer -> {
              if (answer.isPresent()) return CompletableFuture.completedStage(answer.get());
              boolean late = deadline != null && deadline.isExpired();
              if (number == MAX || late) {
                throw ApiException.aborted(
                    ErrorReason.ERROR_REASON_CONTENTION,
                    "Other writers kept winning; nothing was changed.");
              }
              return Trails.follow(CompletableFuture.supplyAsync(() -> number + 1, pause(number)))
                  .thenCompose(n -> next(attempt, n, deadline));
            });
  }

  private static Executor pause(int number) {
    long ceiling = Math.min(LONGEST_PAUSE_MILLIS, (long) FIRST_PAUSE_MILLIS << number);
    return CompletableFuture.delayedExecutor(
        ThreadLocalRandom.current().nextLong(1, ceiling), TimeUnit.MILLISECONDS);
  }
}
