// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets something happen at the worst moment. */
final class Hooks {
  private Hooks() {}

  /**
   * The target, but just before the first call of a method the hook runs, or throws in its place.
   */
  static <T> T before(Class<T> type, T target, String method, Runnable hook) {
    AtomicBoolean armed = new AtomicBoolean(true);
    Object hooked =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method) && armed.getAndSet(false)) hook.run();
              try {
                return called.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(hooked);
  }

  /** The target, but a method that answers with a stage does nothing. */
  static <T> T without(Class<T> type, T target, String method) {
    Object hooked =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) ->
                called.getName().equals(method)
                    ? CompletableFuture.completedStage(null)
                    : called.invoke(target, arguments));
    return type.cast(hooked);
  }
}
