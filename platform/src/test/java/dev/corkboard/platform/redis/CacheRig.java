// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;

/** One Redis, processes with caches on it under a prefix of their own, and a look at its keys. */
final class CacheRig implements AutoCloseable {

  /** Long enough for a busy machine: a timeout here would be a miss and prove nothing. */
  static final Duration PATIENT = Duration.ofSeconds(20);

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final RedisConnection redis;
  final VersionedStore store = new VersionedStore();
  final String prefix = "t-" + UUID.randomUUID();
  final CacheOptions options = CacheOptions.of(prefix, 1, Duration.ofMinutes(2));
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> raw;

  CacheRig(String uri) {
    this(RedisOptions.of(uri).withTimeouts(PATIENT, PATIENT));
  }

  CacheRig(RedisOptions redisOptions) {
    redis = RedisConnection.open(redisOptions, meters);
    client = RedisClient.create(redisOptions.uri());
    raw = client.connect();
  }

  CacheProcess process() {
    return process(options);
  }

  CacheProcess process(CacheOptions other) {
    return new CacheProcess(redis, other, store);
  }

  RedisCommands<String, String> raw() {
    return raw.sync();
  }

  String key(String kind, String id) {
    return kind + ":{" + prefix + ":1:" + id + "}";
  }

  boolean exists(String kind, String id) {
    return raw().exists(key(kind, id)) == 1;
  }

  @Override
  public void close() {
    redis.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
