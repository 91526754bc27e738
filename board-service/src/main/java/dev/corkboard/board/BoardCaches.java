// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.store.v1.Head;
import dev.corkboard.board.v1.Board;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.redis.CacheOptions;
import dev.corkboard.platform.redis.RedisCache;
import dev.corkboard.platform.redis.RedisConnection;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What is cached of boards, by their ids: live boards, and the first pages of what stands on them.
 *
 * @param heads first pages of {@link dev.corkboard.platform.page.Paging#DEFAULT_SIZE}
 */
public record BoardCaches(RedisCache<Board> boards, RedisCache<Head> heads) {
  /** Permissions are decided from what is cached, so it lives for 3 s at most. */
  private static final Duration LIFE = Duration.ofSeconds(3);

  /** The caches of a process. */
  public static BoardCaches on(RedisConnection redis, MeterRegistry metrics) {
    return new BoardCaches(
        RedisCache.of(redis, options("board"), Board.parser(), metrics),
        RedisCache.of(redis, options("head"), Head.parser(), metrics));
  }

  private static CacheOptions options(String prefix) {
    return CacheOptions.of(prefix, 1, LIFE).withOutcomeUnknown(ApiException::isOutcomeUnknown);
  }

  /** Runs a commit that changes what stands on a board, and so the board, which counts it. */
  public <T> CompletionStage<T> placing(long boardId, Supplier<CompletionStage<T>> commit) {
    Set<String> id = Set.of(Long.toString(boardId));
    return heads.write(id, () -> boards.write(id, commit));
  }
}
