// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does background work on many things, some at a time, in a stack that does not grow with them. */
final class Gather {
  private static final int AT_A_TIME = 16;

  private Gather() {}

  /** Fails when one of them did, once those begun are over. */
  static <T> CompletionStage<Void> each(List<T> all, Function<T, CompletionStage<?>> work) {
    AtomicInteger next = new AtomicInteger();
    return whileTrue(
        () -> {
          int from = next.getAndAdd(AT_A_TIME);
          int to = Math.min(from + AT_A_TIME, all.size());
          if (from >= to) return CompletableFuture.completedStage(false);
          List<CompletableFuture<?>> begun = new ArrayList<>();
          for (T one : all.subList(from, to)) begun.add(work.apply(one).toCompletableFuture());
          return CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new))
              .thenApply(done -> true);
        });
  }

  /** Repeats a step until it answers false or fails. */
  static CompletionStage<Void> whileTrue(Supplier<CompletionStage<Boolean>> step) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    loop(step, end);
    return end;
  }

  private static void loop(Supplier<CompletionStage<Boolean>> step, CompletableFuture<Void> end) {
    boolean more = true;
    while (more) {
      CompletableFuture<Boolean> running;
      try {
        running = step.get().toCompletableFuture();
      } catch (RuntimeException e) {
        end.completeExceptionally(e);
        return;
      }
      if (!running.isDone() || running.isCompletedExceptionally()) {
        running.whenComplete(
            (again, failure) -> {
              if (failure != null) end.completeExceptionally(failure);
              else if (again) loop(step, end);
              else end.complete(null);
            });
        return;
      }
      more = running.join();
    }
    end.complete(null);
  }
}
