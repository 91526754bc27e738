// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing;

import dev.corkboard.platform.error.ApiException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The death of a process, as those see it whom it calls: after a number of calls none arrives any
 * more. The last one may arrive and its answer be lost.
 */
public final class Crash {
  private int left;
  private final boolean lastArrives;
  private boolean dead;

  /** Dies at the call after {@code calls}; that one arrives, unanswered, when so told. */
  public Crash(int calls, boolean lastArrives) {
    this.left = calls;
    this.lastArrives = lastArrives;
  }

  public boolean happened() {
    return dead;
  }

  /** The same object as the dying process calls it. */
  public <T> T on(Class<T> type, T target) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              // Stores are known to their own package alone.
              method.setAccessible(true);
              if (!CompletionStage.class.isAssignableFrom(method.getReturnType())) {
                return method.invoke(target, arguments);
              }
              boolean arrives = !dead && (left > 0 || lastArrives);
              boolean answered = !dead && left > 0;
              if (left > 0) left--;
              else dead = true;
              Object answer = null;
              if (arrives) {
                try {
                  answer = method.invoke(target, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }
              return answered
                  ? answer
                  : CompletableFuture.failedStage(ApiException.unavailable("crashed", null));
            });
    return type.cast(proxy);
  }
}
