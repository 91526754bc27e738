// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.follow;

import dev.corkboard.board.v1.Board;
import dev.corkboard.platform.redis.RedisCache;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Keeps the cached boards true while followers come and go: a board shows how many there are. */
public final class CachedBoardFollowStore implements BoardFollowStore {
  private final BoardFollowStore store;
  private final RedisCache<Board> boards;

  public CachedBoardFollowStore(BoardFollowStore store, RedisCache<Board> boards) {
    this.store = store;
    this.boards = boards;
  }

  @Override
  public CompletionStage<Void> set(long accountId, long boardId, boolean follows) {
    return boards.write(
        Set.of(Long.toString(boardId)), () -> store.set(accountId, boardId, follows));
  }

  @Override
  public CompletionStage<List<Long>> listed(long accountId, long before, int limit) {
    return store.listed(accountId, before, limit);
  }

  @Override
  public CompletionStage<Set<Long>> followed(long accountId, Collection<Long> boardIds) {
    return store.followed(accountId, boardIds);
  }
}
