// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import com.google.protobuf.Int64Value;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One process with a cache of versions, its link to Redis and its clock in the test's hands. */
final class CacheProcess {

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final ManualTimer timer = new ManualTimer();
  final FaultyProtocol link;
  final RedisCache<Int64Value> cache;
  private final VersionedStore store;

  CacheProcess(RedisConnection redis, CacheOptions options, VersionedStore store) {
    this(new LuaCacheProtocol(redis, options), options, store, 100);
  }

  CacheProcess(CacheProtocol protocol, CacheOptions options, VersionedStore store, int remembered) {
    this.store = store;
    this.link = new FaultyProtocol(protocol);
    this.cache = new RedisCache<>(link, timer, options, Int64Value.parser(), meters, remembered);
  }

  CompletableFuture<Optional<Int64Value>> get(String id) {
    return cache.get(id, store.loader(id)).toCompletableFuture();
  }

  Optional<Long> read(String id) {
    return get(id)
        .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
        .join()
        .map(Int64Value::getValue);
  }

  CompletableFuture<Long> write(String id, long version) {
    return cache.write(java.util.List.of(id), store.commit(id, version)).toCompletableFuture();
  }

  CompletableFuture<Long> revoke(String id, long version) {
    return cache.revoke(java.util.List.of(id), store.commit(id, version)).toCompletableFuture();
  }

  double count(String name, String tag, String value) {
    return meters.get(name).tag(tag, value).counter().count();
  }

  double remembered() {
    return meters.get("cache.remembered").gauge().value();
  }

  /** Long enough for the deletion of remembered keys to be tried again. */
  void flush() {
    timer.advance(Duration.ofMillis(100));
  }
}
