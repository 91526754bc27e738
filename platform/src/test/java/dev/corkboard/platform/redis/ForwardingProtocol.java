// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A protocol that leaves every step to another, for variants that change one of them. */
class ForwardingProtocol implements CacheProtocol {
  final CacheProtocol delegate;

  ForwardingProtocol(CacheProtocol delegate) {
    this.delegate = delegate;
  }

  @Override
  public CompletionStage<List<byte[]>> get(List<String> ids) {
    return delegate.get(ids);
  }

  @Override
  public CompletionStage<Lease> lease(String id, String token) {
    return delegate.lease(id, token);
  }

  @Override
  public CompletionStage<Boolean> fill(String id, String token, byte[] value, long lifeMillis) {
    return delegate.fill(id, token, value, lifeMillis);
  }

  @Override
  public CompletionStage<Void> guard(String id, String token) {
    return delegate.guard(id, token);
  }

  @Override
  public CompletionStage<Void> release(String id, String token) {
    return delegate.release(id, token);
  }

  @Override
  public CompletionStage<Void> forget(Collection<String> ids) {
    return delegate.forget(ids);
  }
}
