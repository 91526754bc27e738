// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import dev.corkboard.account.v1.Account;
import dev.corkboard.platform.redis.CacheOptions;
import dev.corkboard.platform.redis.RedisCache;
import dev.corkboard.platform.redis.RedisConnection;
import dev.corkboard.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class CachedAccountStoreIT implements AccountStoreContract, AccountChangesContract {
  private static final SimpleMeterRegistry METRICS = new SimpleMeterRegistry();
  private static RedisConnection redis;

  private final AccountStore store =
      new CachedAccountStore(
          new InMemoryAccountStore(),
          RedisCache.of(
              redis,
              CacheOptions.of("test-account", 1, Duration.ofMinutes(1)),
              Account.parser(),
              METRICS));

  @BeforeAll
  static void connect() {
    redis = RedisConnection.open(TestStores.redis(), METRICS);
  }

  @AfterAll
  static void disconnect() {
    redis.close();
  }

  @Override
  public AccountStore store() {
    return store;
  }
}
