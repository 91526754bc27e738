// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Delays every step before it is sent and, while unreliable, fails some: never sent, sent with the
 * answer lost, or given up and sent later all the same.
 */
final class UnreliableProtocol implements CacheProtocol {

  private final CacheProtocol delegate;
  private final RandomDelays delays;
  private volatile int percentLost;

  UnreliableProtocol(CacheProtocol delegate, RandomDelays delays) {
    this.delegate = delegate;
    this.delays = delays;
  }

  void lose(int percent) {
    percentLost = percent;
  }

  private <T> CompletionStage<T> send(Supplier<CompletionStage<T>> call) {
    if (delays.below(100) >= percentLost) {
      return delays.later(call);
    }
    IOException lost = new IOException("lost");
    return switch (delays.below(3)) {
      case 0 -> CompletableFuture.failedFuture(lost);
      case 1 -> delays.later(call).thenCompose(done -> CompletableFuture.failedFuture(lost));
      default -> {
        var unused = delays.later(call);
        yield CompletableFuture.failedFuture(lost);
      }
    };
  }

  @Override
  public CompletionStage<List<byte[]>> get(List<String> ids) {
    return send(() -> delegate.get(ids));
  }

  @Override
  public CompletionStage<Lease> lease(String id, String token) {
    return send(() -> delegate.lease(id, token));
  }

  @Override
  public CompletionStage<Boolean> fill(String id, String token, byte[] value, long lifeMillis) {
    return send(() -> delegate.fill(id, token, value, lifeMillis));
  }

  @Override
  public CompletionStage<Void> guard(String id, String token) {
    return send(() -> delegate.guard(id, token));
  }

  @Override
  public CompletionStage<Void> release(String id, String token) {
    return send(() -> delegate.release(id, token));
  }

  @Override
  public CompletionStage<Void> forget(Collection<String> ids) {
    return send(() -> delegate.forget(ids));
  }
}
