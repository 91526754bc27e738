// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import dev.corkboard.platform.server.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the trail of a request beside its work across threads. Whatever finishes on a thread of its
 * own (a driver, a timer, a pool) goes through {@link #follow} or {@link #carry}; a future that
 * several requests wait for is followed by each.
 */
public final class Trails {
  private static final ThreadLocal<Trail> CURRENT = new ThreadLocal<>();

  private Trails() {}

  /** The trail of what this thread works on; one without id when that is no request. */
  public static Trail current() {
    Trail trail = CURRENT.get();
    return trail == null ? Caller.current() : trail;
  }

  /** Makes a trail this thread's; to be undone by {@link #leave} with what this returns. */
  public static Trail enter(Trail trail) {
    Trail before = CURRENT.get();
    CURRENT.set(trail.requestId().isEmpty() ? null : trail);
    return before;
  }

  /** Undoes {@link #enter}. */
  public static void leave(Trail before) {
    CURRENT.set(before);
  }

  /** A task for another thread, which works on this thread's trail. */
  public static Runnable carry(Runnable task) {
    Trail trail = current();
    return () -> {
      Trail before = enter(trail);
      try {
        task.run();
      } finally {
        leave(before);
      }
    };
  }

  /** Ends as the stage does; what depends on it works on this thread's trail. */
  public static <T> CompletableFuture<T> follow(CompletionStage<T> stage) {
    Trail trail = current();
    CompletableFuture<T> followed = new CompletableFuture<>();
    stage.whenComplete((value, failure) -> complete(followed, trail, value, failure));
    return followed;
  }

  /** Ends a future in such a way that what depends on it works on a trail. */
  public static <T> void complete(
      CompletableFuture<T> future, Trail trail, T value, Throwable failure) {
    Trail before = enter(trail);
    try {
      if (failure == null) {
        future.complete(value);
      } else {
        future.completeExceptionally(failure);
      }
    } finally {
      leave(before);
    }
  }
}
