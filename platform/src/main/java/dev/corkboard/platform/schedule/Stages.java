// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.schedule;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What the JDK's stages lack: calls that throw, and the cause without its wrappers. */
public final class Stages {

  private Stages() {}

  /** The supplier's stage; a throw or a null becomes a failed stage. */
  public static <T> CompletionStage<T> call(Supplier<? extends CompletionStage<T>> supplier) {
    try {
      CompletionStage<T> stage = supplier.get();
      return stage != null
          ? stage
          : CompletableFuture.failedFuture(new NullPointerException("no stage returned"));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  public static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
