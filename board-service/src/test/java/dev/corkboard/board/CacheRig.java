// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.v1.Board;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.redis.CacheOptions;
import dev.corkboard.platform.redis.RedisCache;
import dev.corkboard.platform.redis.RedisConnection;
import dev.corkboard.platform.redis.RedisOptions;
import dev.corkboard.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/** The cache of boards on the real Redis, as one process has it. */
public final class CacheRig {
  private static final RedisConnection REDIS =
      RedisConnection.open(
          RedisOptions.of(TestStores.redis())
              .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2)),
          new SimpleMeterRegistry());

  private CacheRig() {}

  public static RedisCache<Board> cache() {
    return RedisCache.of(
        REDIS,
        CacheOptions.of("board", 1, Duration.ofSeconds(5))
            .withOutcomeUnknown(ApiException::isOutcomeUnknown),
        Board.parser(),
        new SimpleMeterRegistry());
  }

  /** A store behind a cache of its own, like another process's. */
  public static BoardStore before(BoardStore store) {
    return new CachedBoardStore(store, cache());
  }

  public static BoardStore before(BoardStore store, RedisCache<Board> cache) {
    return new CachedBoardStore(store, cache);
  }
}
