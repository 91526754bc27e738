// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.protobuf.Message;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** What a fake service has seen, and the failures it is told to answer with next. */
public final class Script {
  private final Queue<ApiException> failures = new ConcurrentLinkedQueue<>();
  private volatile Message lastRequest;
  private volatile Caller lastCaller;

  /** The next call fails. */
  public void failNext(ApiException failure) {
    failures.add(failure);
  }

  public <T extends Message> T lastRequest(Class<T> type) {
    return type.cast(lastRequest);
  }

  public Caller lastCaller() {
    return lastCaller;
  }

  <T> void reply(Message request, StreamObserver<T> observer, Supplier<T> handler) {
    lastRequest = request;
    lastCaller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          ApiException failure = failures.poll();
          if (failure != null) throw failure;
          return CompletableFuture.completedStage(handler.get());
        });
  }
}
