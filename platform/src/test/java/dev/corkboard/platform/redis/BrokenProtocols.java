// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The protocol with one of its rules left out each; a test that passes with one tests nothing. */
final class BrokenProtocols {
  private BrokenProtocols() {}

  /** Write, then delete: nothing is announced before the commit. */
  static final class Unguarded extends ForwardingProtocol {
    Unguarded(CacheProtocol delegate) {
      super(delegate);
    }

    @Override
    public CompletionStage<Void> guard(String id, String token) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** A value is stored by whoever loaded it, whatever was written since. */
  static final class Unleased extends ForwardingProtocol {
    Unleased(CacheProtocol delegate) {
      super(delegate);
    }

    @Override
    public CompletionStage<Boolean> fill(String id, String token, byte[] value, long lifeMillis) {
      return delegate
          .lease(id, token)
          .thenCompose(lease -> delegate.fill(id, token, value, lifeMillis));
    }
  }
}
