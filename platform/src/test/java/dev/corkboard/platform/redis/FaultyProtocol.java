// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A process whose link to Redis loses chosen steps: they are not sent and fail. */
final class FaultyProtocol implements CacheProtocol {

  enum Step {
    GET,
    LEASE,
    FILL,
    GUARD,
    RELEASE,
    FORGET
  }

  private final CacheProtocol delegate;
  private volatile Set<Step> lost = EnumSet.noneOf(Step.class);

  FaultyProtocol(CacheProtocol delegate) {
    this.delegate = delegate;
  }

  void lose(Step first, Step... rest) {
    lost = EnumSet.of(first, rest);
  }

  void cutOff() {
    lost = EnumSet.allOf(Step.class);
  }

  void heal() {
    lost = EnumSet.noneOf(Step.class);
  }

  private <T> CompletionStage<T> unlessLost(Step step, Supplier<CompletionStage<T>> call) {
    return lost.contains(step)
        ? CompletableFuture.failedFuture(new IOException(step + " lost"))
        : call.get();
  }

  @Override
  public CompletionStage<List<byte[]>> get(List<String> ids) {
    return unlessLost(Step.GET, () -> delegate.get(ids));
  }

  @Override
  public CompletionStage<Lease> lease(String id, String token) {
    return unlessLost(Step.LEASE, () -> delegate.lease(id, token));
  }

  @Override
  public CompletionStage<Boolean> fill(String id, String token, byte[] value, long lifeMillis) {
    return unlessLost(Step.FILL, () -> delegate.fill(id, token, value, lifeMillis));
  }

  @Override
  public CompletionStage<Void> guard(String id, String token) {
    return unlessLost(Step.GUARD, () -> delegate.guard(id, token));
  }

  @Override
  public CompletionStage<Void> release(String id, String token) {
    return unlessLost(Step.RELEASE, () -> delegate.release(id, token));
  }

  @Override
  public CompletionStage<Void> forget(Collection<String> ids) {
    return unlessLost(Step.FORGET, () -> delegate.forget(ids));
  }
}
