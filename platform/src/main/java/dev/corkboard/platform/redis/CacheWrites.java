// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import dev.corkboard.platform.schedule.Stages;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** The writer's half: guard, commit, release; without Redis: remember, commit, delete later. */
final class CacheWrites {

  private static final int GUARD_ATTEMPTS = 3;

  private final CacheProtocol protocol;
  private final CacheOptions options;
  private final RememberedKeys remembered;
  private final CacheTimer timer;
  private final CacheMetrics metrics;
  private final Tokens tokens;

  CacheWrites(
      CacheProtocol protocol,
      CacheOptions options,
      RememberedKeys remembered,
      CacheTimer timer,
      CacheMetrics metrics,
      Tokens tokens) {
    this.protocol = protocol;
    this.options = options;
    this.remembered = remembered;
    this.timer = timer;
    this.metrics = metrics;
    this.tokens = tokens;
  }

  /** Runs the commit between guard and release. */
  <T> CompletionStage<T> write(Collection<String> ids, Supplier<CompletionStage<T>> commit) {
    Set<String> keys = new LinkedHashSet<>(ids);
    String token = tokens.next();
    return guard(keys, token, GUARD_ATTEMPTS)
        .thenCompose(
            failed -> {
              RememberedKeys.Unguarded unguarded = remembered.begin(failed);
              CompletableFuture<T> committed = Stages.call(commit).toCompletableFuture();
              return committed
                  .handle((value, failure) -> settle(keys, token, unguarded, failure))
                  .thenCompose(Function.identity())
                  .thenCompose(settled -> committed);
            });
  }

  /**
   * Places the guards; answers the ids that have none. A guard too old to commit under is renewed.
   */
  private CompletionStage<Set<String>> guard(Set<String> keys, String token, int attempts) {
    long placed = timer.nanoTime();
    return each(keys, metrics.guardFailures, id -> protocol.guard(id, token))
        .thenCompose(
            failed -> {
              if (timer.nanoTime() - placed <= options.commitWithin().toNanos()) {
                return CompletableFuture.completedFuture(failed);
              }
              return attempts > 1
                  ? guard(keys, token, attempts - 1)
                  : CompletableFuture.completedFuture(keys);
            });
  }

  private CompletionStage<Void> settle(
      Set<String> keys, String token, RememberedKeys.Unguarded unguarded, Throwable failure) {
    if (failure != null && options.outcomeUnknown().test(Stages.cause(failure))) {
      metrics.outcomesUnknown.increment();
      return keepGuarded(keys, token, unguarded);
    }
    return each(keys, metrics.releaseFailures, id -> protocol.release(id, token))
        .thenAccept(
            failed -> {
              remembered.end(unguarded, Duration.ZERO);
              remembered.end(remembered.begin(failed), Duration.ZERO);
            });
  }

  /** Ends when no process can hold a value from before the commits that are over. */
  CompletionStage<Void> conceal(Collection<String> ids) {
    if (ids.isEmpty()) return CompletableFuture.completedFuture(null);
    return protocol
        .forget(ids)
        .exceptionallyCompose(
            unconfirmed -> {
              metrics.waitsOut.increment();
              CompletableFuture<Void> waited = new CompletableFuture<>();
              timer.schedule(options.ttl(), () -> waited.complete(null));
              return waited;
            });
  }

  /** The commit may still happen: its guards are renewed and left to their deadline. */
  private CompletionStage<Void> keepGuarded(
      Set<String> keys, String token, RememberedKeys.Unguarded unguarded) {
    return each(keys, metrics.guardFailures, id -> protocol.guard(id, token))
        .thenAccept(
            failed -> {
              remembered.end(unguarded, options.guard());
              remembered.end(remembered.begin(failed), options.guard());
            });
  }

  private static CompletionStage<Set<String>> each(
      Set<String> keys, Counter failures, Function<String, CompletionStage<Void>> step) {
    Map<String, CompletableFuture<Boolean>> done = new LinkedHashMap<>();
    for (String id : keys) {
      done.put(id, step.apply(id).handle((v, e) -> e == null).toCompletableFuture());
    }
    return CompletableFuture.allOf(done.values().toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              Set<String> failed = new LinkedHashSet<>();
              done.forEach(
                  (id, ok) -> {
                    if (!ok.join()) {
                      failed.add(id);
                    }
                  });
              failures.increment(failed.size());
              return failed;
            });
  }
}
