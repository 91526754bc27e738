// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.server;

import dev.corkboard.platform.error.ApiException;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Bridges a handler that returns a stage to gRPC's observer. Every unary handler goes through here:
 * in grpc-java an exception thrown by a handler bypasses {@code ServerCall.close}.
 */
public final class Unary {
  private Unary() {}

  public static <T> void reply(
      StreamObserver<T> observer, Supplier<? extends CompletionStage<T>> handler) {
    CompletionStage<T> answer;
    try {
      answer = handler.get();
    } catch (RuntimeException e) {
      observer.onError(ApiException.from(e).asHandlerFailure());
      return;
    }
    answer.whenComplete(
        (value, failure) -> {
          if (failure != null) {
            observer.onError(ApiException.from(failure).asHandlerFailure());
          } else {
            observer.onNext(value);
            observer.onCompleted();
          }
        });
  }
}
