// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.store.v1.Head;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardState;
import dev.corkboard.platform.redis.RedisCache;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Live boards in front of a store. They are what permissions are decided from, so the cache keeps
 * them for seconds only, and a write that takes access away answers when nobody can see the old
 * one.
 */
final class CachedBoardStore implements BoardStore {
  private final BoardStore store;
  private final RedisCache<Board> cache;
  private final RedisCache<Head> heads;

  CachedBoardStore(BoardStore store, BoardCaches caches) {
    this.store = store;
    this.cache = caches.boards();
    this.heads = caches.heads();
  }

  @Override
  public CompletionStage<Optional<Board>> get(long boardId) {
    return cache.get(Long.toString(boardId), () -> store.get(boardId));
  }

  @Override
  public CompletionStage<Map<Long, Board>> getAll(Collection<Long> boardIds) {
    return cache
        .getAll(
            boardIds.stream().map(id -> Long.toString(id)).toList(),
            ids ->
                store
                    .getAll(ids.stream().map(Long::valueOf).toList())
                    .thenApply(
                        found -> {
                          Map<String, Board> byId = new LinkedHashMap<>();
                          found.forEach((id, board) -> byId.put(Long.toString(id), board));
                          return byId;
                        }))
        .thenApply(
            found -> {
              Map<Long, Board> byId = new LinkedHashMap<>();
              found.forEach((id, board) -> byId.put(Long.valueOf(id), board));
              return byId;
            });
  }

  @Override
  public CompletionStage<Map<Long, BoardState>> states(Collection<Long> boardIds) {
    return store.states(boardIds);
  }

  @Override
  public CompletionStage<BoardScan> scan(long after, int limit) {
    return store.scan(after, limit);
  }

  @Override
  public CompletionStage<Role> member(long boardId, long accountId) {
    return store.member(boardId, accountId);
  }

  @Override
  public CompletionStage<List<Long>> listed(long accountId, long before, int limit) {
    return store.listed(accountId, before, limit);
  }

  @Override
  public CompletionStage<Integer> owned(long accountId) {
    return store.owned(accountId);
  }

  @Override
  public CompletionStage<Board> create(Board board, RequestKey request) {
    return cache.write(Set.of(board.getId()), () -> store.create(board, request));
  }

  @Override
  public CompletionStage<Board> update(BoardUpdate update) {
    Set<String> ids = Set.of(Long.toString(update.boardId()));
    return update.narrows()
        ? cache.revoke(ids, () -> store.update(update))
        : cache.write(ids, () -> store.update(update));
  }

  @Override
  public CompletionStage<Void> delete(
      long boardId, long actorId, Consumer<Board> check, String etag) {
    Set<String> id = Set.of(Long.toString(boardId));
    return cache.revoke(
        id, () -> heads.write(id, () -> store.delete(boardId, actorId, check, etag)));
  }
}
