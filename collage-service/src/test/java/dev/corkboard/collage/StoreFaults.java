// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.platform.error.ApiException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Makes a store fail the way stores behind networks do. */
@FunctionalInterface
interface StoreFaults {
  /** Runs a call, or not, and answers, or not. */
  CompletionStage<?> run(String method, Supplier<CompletionStage<?>> real);

  /** The store with these faults. */
  default CollageStore around(CollageStore store) {
    return (CollageStore)
        Proxy.newProxyInstance(
            CollageStore.class.getClassLoader(),
            new Class<?>[] {CollageStore.class},
            (proxy, method, args) ->
                run(
                    method.getName(),
                    () -> {
                      try {
                        return (CompletionStage<?>) method.invoke(store, args);
                      } catch (InvocationTargetException | IllegalAccessException e) {
                        throw new IllegalStateException(e);
                      }
                    }));
  }

  /** Of the edits every n-th is lost on the way and every m-th on the way back. */
  static StoreFaults timeOuts(int lost, int unanswered, AtomicInteger injected) {
    AtomicInteger count = new AtomicInteger();
    return (method, real) -> {
      if (!method.equals("append")) return real.get();
      int number = count.incrementAndGet();
      if (number % lost != 0 && number % unanswered != 0) return real.get();
      injected.incrementAndGet();
      if (number % lost == 0) return timedOut();
      return real.get().thenCompose(done -> timedOut());
    };
  }

  /** Everything works for so many writes of snapshots and trimmings, then the process is dead. */
  static StoreFaults dieAfter(int writes) {
    AtomicInteger left = new AtomicInteger(writes);
    return (method, real) -> {
      boolean counts = method.equals("putSnapshot") || method.equals("trim");
      return counts && left.getAndDecrement() <= 0
          ? CompletableFuture.failedStage(new IllegalStateException("dead"))
          : real.get();
    };
  }

  private static <T> CompletionStage<T> timedOut() {
    return CompletableFuture.failedStage(
        ApiException.deadlineExceeded(new IllegalStateException("injected")));
  }
}
