// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.platform.error.ApiException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One kind of operation: brings an intent on from what the row says. Any process may do so at any
 * time, several at once, again and again.
 */
interface Operation {
  /**
   * Goes as far as it can.
   *
   * @param placed whether this process put the Pin on the operation's board a moment ago
   */
  CompletionStage<Outcome> advance(Intent intent, Optional<StoredPin> row, boolean placed);

  /** Calls board-service; a refusal goes the one way, everything else fails the stage. */
  static CompletionStage<Outcome> decide(
      CompletionStage<Void> call,
      Supplier<CompletionStage<Outcome>> accepted,
      Function<ApiException, CompletionStage<Outcome>> refused) {
    return call.handle((done, thrown) -> thrown == null ? null : ApiException.from(thrown))
        .thenCompose(
            failure -> {
              if (failure == null) return accepted.get();
              if (failure.isRefusal()) return refused.apply(failure);
              return CompletableFuture.failedStage(failure);
            });
  }

  /** The refusal stands whether or not undoing works at once. */
  static CompletionStage<Outcome> refusedAfter(CompletionStage<?> undo, ApiException refusal) {
    return undo.handle((done, failure) -> Outcome.refused(refusal, failure == null));
  }

  /** For whoever finds an operation aborted by another: the reason is not kept. */
  static ApiException overtaken() {
    return ApiException.aborted(
        ErrorReason.ERROR_REASON_CONTENTION, "Another write came first; try again.");
  }

  static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedStage(outcome);
  }
}
