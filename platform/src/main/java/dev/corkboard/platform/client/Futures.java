// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.client;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trail;
import dev.corkboard.platform.trace.Trails;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Bridges gRPC's future stubs to stages. */
public final class Futures {
  private Futures() {}

  /** Completes as the call does; a failure arrives as an {@link ApiException}. */
  public static <T> CompletionStage<T> toStage(ListenableFuture<T> call) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    Trail trail = Trails.current();
    com.google.common.util.concurrent.Futures.addCallback(
        call,
        new FutureCallback<>() {
          @Override
          public void onSuccess(T value) {
            Trails.complete(stage, trail, value, null);
          }

          @Override
          public void onFailure(Throwable failure) {
            Trails.complete(stage, trail, null, ApiException.from(failure));
          }
        },
        MoreExecutors.directExecutor());
    return stage;
  }
}
