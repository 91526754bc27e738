// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trail;
import dev.corkboard.platform.trace.Trails;
import io.grpc.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * An issuer's keys by id, read from afar and kept: an outage fails no call whose key is known. An
 * unknown key id asks again, at most once in an interval however many tokens name one.
 */
public final class KeyCache<K> {
  private final Supplier<? extends CompletionStage<Map<String, K>>> source;
  private final Duration interval;
  private final Duration afterFailure;
  private final Clock clock;
  private volatile Map<String, K> keys = Map.of();
  private CompletableFuture<Map<String, K>> reading;
  private Instant readAt = Instant.MIN;
  private Instant notBefore = Instant.MIN;
  private boolean failed;

  /**
   * Keys that are yet to be read.
   *
   * @param interval how long after a reading an unknown key id asks for no other
   * @param afterFailure the same after a reading that failed
   */
  public KeyCache(
      Supplier<? extends CompletionStage<Map<String, K>>> source,
      Duration interval,
      Duration afterFailure,
      Clock clock) {
    this.source = source;
    this.interval = interval;
    this.afterFailure = afterFailure;
    this.clock = clock;
  }

  /** The key with an id, or empty; fails with UNAVAILABLE when it cannot be known. */
  public CompletionStage<Optional<K>> find(String keyId) {
    K known = keys.get(keyId);
    if (known != null) return CompletableFuture.completedStage(Optional.of(known));
    return readForUnknown().thenApply(fresh -> Optional.ofNullable(fresh.get(keyId)));
  }

  /** Reads the keys unless the last reading went well and is younger than that. */
  public synchronized CompletionStage<?> refresh(Duration age) {
    boolean fresh = !failed && clock.instant().isBefore(readAt.plus(age));
    return fresh ? CompletableFuture.completedStage(null) : read(false);
  }

  private synchronized CompletionStage<Map<String, K>> readForUnknown() {
    if (reading != null || !clock.instant().isBefore(notBefore)) return read(true);
    return failed || keys.isEmpty()
        ? CompletableFuture.failedStage(unreachable(null))
        : CompletableFuture.completedStage(keys);
  }

  private CompletionStage<Map<String, K>> read(boolean forUnknown) {
    if (reading != null) return reading;
    CompletableFuture<Map<String, K>> result = new CompletableFuture<>();
    reading = result;
    // Many callers wait for this: the deadline or end of the one that asked first is not theirs.
    Trail trail = Trails.enter(Trail.NONE);
    try {
      Context.ROOT.run(
          () ->
              source
                  .get()
                  .whenComplete((fresh, failure) -> finish(result, forUnknown, fresh, failure)));
    } finally {
      Trails.leave(trail);
    }
    return result;
  }

  private void finish(
      CompletableFuture<Map<String, K>> result,
      boolean forUnknown,
      Map<String, K> fresh,
      Throwable failure) {
    synchronized (this) {
      Instant now = clock.instant();
      reading = null;
      failed = failure != null;
      if (forUnknown) notBefore = now.plus(failed ? afterFailure : interval);
      if (!failed) {
        keys = fresh;
        readAt = now;
      }
    }
    if (failure == null) {
      result.complete(fresh);
    } else {
      result.completeExceptionally(unreachable(failure));
    }
  }

  private static ApiException unreachable(Throwable cause) {
    return ApiException.unavailable("The keys of the token issuer cannot be read.", cause);
  }
}
