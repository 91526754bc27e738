// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trails;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells a refusal, which is an answer, from a failure that leaves the outcome unknown. */
final class Refusals {
  private static final int ATTEMPTS = 3;
  private static final long FIRST_PAUSE_MILLIS = 50;

  private Refusals() {}

  /** Whether the callee has decided: repeating the call would bring the same. */
  static boolean isRefusal(ApiException failure) {
    return switch (failure.code()) {
      case NOT_FOUND, PERMISSION_DENIED, INVALID_ARGUMENT, FAILED_PRECONDITION -> true;
      case RESOURCE_EXHAUSTED -> failure.reason() == ErrorReason.ERROR_REASON_BOARD_FULL;
      case UNAUTHENTICATED -> failure.reason() == ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE;
      default -> false;
    };
  }

  /** Repeats a call whose outcome is unknown, with growing pauses; 3 attempts in all. */
  static <T> CompletionStage<T> repeat(Supplier<CompletionStage<T>> call) {
    return repeat(call, 1);
  }

  private static <T> CompletionStage<T> repeat(Supplier<CompletionStage<T>> call, int attempt) {
    return call.get()
        .exceptionallyCompose(
            thrown -> {
              ApiException failure = ApiException.from(thrown);
              if (attempt == ATTEMPTS || isRefusal(failure)) {
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
