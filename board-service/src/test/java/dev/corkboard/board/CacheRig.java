// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.platform.redis.RedisConnection;
import dev.corkboard.platform.redis.RedisOptions;
import dev.corkboard.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/** The caches of board-service on the real Redis, as one process has them. */
public final class CacheRig {
  private static final RedisConnection REDIS =
      RedisConnection.open(
          RedisOptions.of(TestStores.redis())
              .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2)),
          new SimpleMeterRegistry());

  private CacheRig() {}

  public static BoardCaches caches() {
    return BoardCaches.on(REDIS, new SimpleMeterRegistry());
  }

  /** A store behind a cache of its own, like another process's. */
  public static BoardStore before(BoardStore store) {
    return before(store, caches());
  }

  public static BoardStore before(BoardStore store, BoardCaches caches) {
    return new CachedBoardStore(store, caches);
  }
}
