// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.follow;

import dev.corkboard.board.BoardAccess;
import dev.corkboard.board.InMemoryBoardStore;
import dev.corkboard.board.InMemoryBoardStore.Entry;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Followers of the boards of an {@link InMemoryBoardStore}, under its monitor. */
public final class InMemoryBoardFollowStore implements BoardFollowStore {
  private final InMemoryBoardStore boards;
  private final Map<Long, Set<Long>> followers = new HashMap<>();

  public InMemoryBoardFollowStore(InMemoryBoardStore boards) {
    this.boards = boards;
  }

  private Set<Long> of(long boardId) {
    return followers.computeIfAbsent(boardId, id -> new HashSet<>());
  }

  @Override
  public CompletionStage<Void> set(long accountId, long boardId, boolean follows) {
    synchronized (boards) {
      Entry entry = boards.entry(boardId).filter(e -> e.live).orElse(null);
      if (entry == null) {
        return CompletableFuture.failedStage(BoardAccess.notFound(Long.toString(boardId)));
      }
      if (follows) of(boardId).add(accountId);
      else of(boardId).remove(accountId);
      entry.board = entry.board.toBuilder().setFollowerCount(of(boardId).size()).build();
      return CompletableFuture.completedStage(null);
    }
  }

  @Override
  public CompletionStage<List<Long>> listed(long accountId, long before, int limit) {
    synchronized (boards) {
      return CompletableFuture.completedStage(
          followers.entrySet().stream()
              .filter(entry -> entry.getKey() < before && entry.getValue().contains(accountId))
              .map(Map.Entry::getKey)
              .sorted(Comparator.reverseOrder())
              .limit(limit)
              .toList());
    }
  }

  @Override
  public CompletionStage<Set<Long>> followed(long accountId, Collection<Long> boardIds) {
    synchronized (boards) {
      return CompletableFuture.completedStage(
          boardIds.stream()
              .filter(board -> of(board).contains(accountId))
              .collect(Collectors.toSet()));
    }
  }
}
