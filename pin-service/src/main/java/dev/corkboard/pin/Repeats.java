// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trails;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Repeats what failed until it is done or refused. */
final class Repeats {
  private static final int ATTEMPTS = 3;
  private static final long FIRST_PAUSE_MILLIS = 50;

  private Repeats() {}

  /** Repeats a call whose outcome is unknown, with growing pauses; 3 attempts in all. */
  static <T> CompletionStage<T> repeat(Supplier<CompletionStage<T>> call) {
    return repeat(call, 1);
  }

  private static <T> CompletionStage<T> repeat(Supplier<CompletionStage<T>> call, int attempt) {
    return call.get()
        .exceptionallyCompose(
            thrown -> {
              ApiException failure = ApiException.from(thrown);
              if (attempt == ATTEMPTS || failure.isRefusal()) {
                return CompletableFuture.failedStage(failure);
              }
              long pause = FIRST_PAUSE_MILLIS << attempt;
              return Trails.follow(
                      CompletableFuture.supplyAsync(
                          () -> call,
                          CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS)))
                  .thenCompose(same -> repeat(same, attempt + 1));
            });
  }
}
