// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Messages by id in front of a store, shared by all processes.
 *
 * <p>While Redis works, a read never returns a value older than one whose write was answered before
 * the read began, in whatever process. While it does not, that holds for the writing process, and
 * others are behind by at most {@link CacheOptions#ttl}. A Redis that loses all it holds (restart,
 * flush, eviction) in the middle of a write may show the old value beside the new one until the
 * write is answered, or, when the writer dies before that, for at most {@code ttl}. Redis never
 * fails a call: it is a miss and a metric. Every change of the store must go through {@link #write}
 * or {@link #revoke}; loaders must read what committed writes left.
 *
 * <p>Loaders and commits are called on an event loop: they must not block, and what they need of
 * the caller's context is to be captured before. Thread-safe.
 */
public final class RedisCache<V extends MessageLite> {

  private final CacheReads<V> reads;
  private final CacheWrites writes;
  private final Tokens tokens = new Tokens();

  RedisCache(
      CacheProtocol protocol,
      CacheTimer timer,
      CacheOptions options,
      Parser<V> parser,
      MeterRegistry meters,
      int rememberedCapacity) {
    CacheMetrics metrics = new CacheMetrics(meters, options.prefix());
    RememberedKeys remembered =
        new RememberedKeys(protocol, timer, metrics, options.ttl(), rememberedCapacity);
    this.reads =
        new CacheReads<>(
            protocol, options, new CachedValue<>(parser), remembered, timer, metrics, tokens);
    this.writes = new CacheWrites(protocol, options, remembered, timer, metrics, tokens);
  }

  /** A cache on this connection; one a process for each prefix. */
  public static <V extends MessageLite> RedisCache<V> of(
      RedisConnection redis, CacheOptions options, Parser<V> parser, MeterRegistry meters) {
    return new RedisCache<>(
        new LuaCacheProtocol(redis, options),
        CacheTimer.of(redis),
        options,
        parser,
        meters,
        RememberedKeys.CAPACITY);
  }

  /**
   * The cached value or the loader's, which is then cached, absence too.
   *
   * @return fails only as the loader fails; concurrent readers of a missing id share one load and
   *     its failure
   */
  public CompletionStage<Optional<V>> get(
      String id, Supplier<CompletionStage<Optional<V>>> loader) {
    return reads.get(id, loader);
  }

  /**
   * The values of these ids in their order, absent ones left out. The loader is called once with
   * all ids that are neither cached nor being loaded already.
   *
   * @return fails only as a loader fails
   */
  public CompletionStage<Map<String, V>> getAll(
      Collection<String> ids,
      Function<Collection<String>, CompletionStage<Map<String, V>>> loader) {
    Set<String> distinct = new LinkedHashSet<>(ids);
    long began = reads.tick();
    return reads
        .look(distinct)
        .thenCompose(
            looked -> {
              BatchLoad<V> batch = new BatchLoad<>(reads, tokens, loader);
              Map<String, CompletableFuture<Optional<V>>> values = new LinkedHashMap<>();
              looked.forEach(
                  (id, look) ->
                      values.put(
                          id,
                          look.look() == CacheReads.Look.HIT
                              ? CompletableFuture.completedFuture(look.value())
                              : batch.join(id, began, look.look())));
              batch.run();
              return all(values);
            })
        .thenApply(RedisCache::present);
  }

  /**
   * Runs a commit that changes these ids. Without Redis it runs all the same.
   *
   * @return the commit's outcome, given when readers of this process see it
   */
  public <T> CompletionStage<T> write(Collection<String> ids, Supplier<CompletionStage<T>> commit) {
    return writes.write(ids, commit);
  }

  /** A {@link #write} that takes access away, answered when it is concealed. */
  public <T> CompletionStage<T> revoke(
      Collection<String> ids, Supplier<CompletionStage<T>> commit) {
    return write(ids, commit)
        .thenCompose(committed -> conceal(ids).thenApply(concealed -> committed));
  }

  /**
   * To be waited for before a write that took access away is answered: ends when no process can
   * serve what these ids were before it. That is at once, or after {@link CacheOptions#ttl} when
   * Redis does not confirm that the old values are gone.
   *
   * @return never fails
   */
  public CompletionStage<Void> conceal(Collection<String> ids) {
    return writes.conceal(ids);
  }

  private static <T> CompletionStage<Map<String, T>> all(
      Map<String, CompletableFuture<T>> futures) {
    return CompletableFuture.allOf(futures.values().toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              Map<String, T> values = new LinkedHashMap<>();
              futures.forEach((id, future) -> values.put(id, future.join()));
              return values;
            });
  }

  private static <V> Map<String, V> present(Map<String, Optional<V>> values) {
    Map<String, V> present = new LinkedHashMap<>();
    values.forEach((id, value) -> value.ifPresent(v -> present.put(id, v)));
    return present;
  }
}
