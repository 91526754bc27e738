// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import io.grpc.ServerCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Holds a call's events back until the token is verified, then hands them on in order. */
final class DelayedListener<Q> extends ServerCall.Listener<Q> {
  private List<Consumer<ServerCall.Listener<Q>>> waiting = new ArrayList<>();
  private ServerCall.Listener<Q> listener;

  /** The lock serialises the events of a call, as gRPC promises to handlers. */
  synchronized void resume(Supplier<ServerCall.Listener<Q>> start) {
    listener = start.get();
    waiting.forEach(event -> event.accept(listener));
    waiting = List.of();
  }

  private synchronized void pass(Consumer<ServerCall.Listener<Q>> event) {
    if (listener == null) {
      waiting.add(event);
    } else {
      event.accept(listener);
    }
  }

  @Override
  public void onMessage(Q message) {
    pass(l -> l.onMessage(message));
  }

  @Override
  public void onHalfClose() {
    pass(ServerCall.Listener::onHalfClose);
  }

  @Override
  public void onCancel() {
    pass(ServerCall.Listener::onCancel);
  }

  @Override
  public void onComplete() {
    pass(ServerCall.Listener::onComplete);
  }

  @Override
  public void onReady() {
    pass(ServerCall.Listener::onReady);
  }
}
