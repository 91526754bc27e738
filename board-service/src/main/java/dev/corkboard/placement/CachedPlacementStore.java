// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.platform.redis.RedisCache;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Keeps the cached boards true while Pins come and go: a board shows its count and its covers. */
public final class CachedPlacementStore implements PlacementStore {
  private final PlacementStore store;
  private final RedisCache<Board> boards;

  public CachedPlacementStore(PlacementStore store, RedisCache<Board> boards) {
    this.store = store;
    this.boards = boards;
  }

  private static Set<String> board(long boardId) {
    return Set.of(Long.toString(boardId));
  }

  @Override
  public CompletionStage<Placement> place(PlacementWrite write) {
    return boards.write(board(write.boardId()), () -> store.place(write));
  }

  @Override
  public CompletionStage<Placement> update(PlacementWrite write) {
    return boards.write(board(write.boardId()), () -> store.update(write));
  }

  @Override
  public CompletionStage<Void> remove(PlacementWrite write) {
    return boards.write(board(write.boardId()), () -> store.remove(write));
  }

  @Override
  public CompletionStage<PlacementPage> page(long boardId, Position after, int limit) {
    return store.page(boardId, after, limit);
  }

  @Override
  public CompletionStage<PlacementPage> page(
      long boardId, long sectionId, Position after, int limit) {
    return store.page(boardId, sectionId, after, limit);
  }

  @Override
  public CompletionStage<List<Placement>> scan(
      long boardId, long afterPin, int limit, boolean deletedOnly) {
    return store.scan(boardId, afterPin, limit, deletedOnly);
  }

  @Override
  public CompletionStage<Void> purge(long boardId) {
    return boards.write(board(boardId), () -> store.purge(boardId));
  }
}
