// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.follow;

import dev.corkboard.board.BoardViews;
import dev.corkboard.board.Gather;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.ListFollowedBoardsRequest;
import dev.corkboard.board.v1.ListFollowedBoardsResponse;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.page.IdPosition;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.page.Paging;
import dev.corkboard.platform.server.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Follows of boards as a caller makes and sees them. */
public final class BoardFollowing {
  private static final String LISTING = "followed-boards";

  /** Reading in chunks of at least this many costs little and saves rounds. */
  private static final int MIN_CHUNK = 25;

  private final BoardFollowStore follows;
  private final BoardViews boards;
  private final PageTokens tokens;

  public BoardFollowing(BoardFollowStore follows, BoardViews boards, PageTokens tokens) {
    this.follows = follows;
    this.boards = boards;
    this.tokens = tokens;
  }

  /** Fails with BOARD_NOT_FOUND when the caller does not see the board. */
  public CompletionStage<Void> set(Caller caller, String boardId, boolean follow) {
    new Violations().id("board_id", boardId).throwIfAny();
    return boards
        .get(caller, boardId)
        .thenCompose(board -> follows.set(account(caller), Long.parseLong(board.getId()), follow));
  }

  private static long account(Caller caller) {
    return Ids.parse(caller.accountId()).orElse(0);
  }

  public CompletionStage<ListFollowedBoardsResponse> list(
      Caller caller, ListFollowedBoardsRequest request) {
    new Violations().pageSize(request.getPageSize()).throwIfAny();
    IdPosition from = IdPosition.open(tokens, request.getPageToken(), LISTING, caller.accountId());
    int size = Paging.size(request.getPageSize(), from.pageSize(), Paging.MAX_SIZE);
    return fill(caller, from.before(), size + 1, new ArrayList<>())
        .thenApply(found -> page(caller, size, found));
  }

  private ListFollowedBoardsResponse page(Caller caller, int size, List<Board> found) {
    ListFollowedBoardsResponse.Builder page = ListFollowedBoardsResponse.newBuilder();
    if (found.size() <= size) return page.addAllBoards(found).build();
    IdPosition next = new IdPosition(Long.parseLong(found.get(size - 1).getId()), size);
    return page.addAllBoards(found.subList(0, size))
        .setNextPageToken(next.seal(tokens, LISTING, caller.accountId()))
        .build();
  }

  private CompletionStage<List<Board>> fill(
      Caller caller, long before, int wanted, List<Board> found) {
    int chunk = Math.max(wanted - found.size(), MIN_CHUNK);
    return follows
        .listed(account(caller), before, chunk)
        .thenCompose(
            ids ->
                seen(caller, ids)
                    .thenCompose(
                        seen -> {
                          seen.stream().limit(wanted - found.size()).forEach(found::add);
                          return found.size() == wanted || ids.size() < chunk
                              ? CompletableFuture.completedStage(found)
                              : fill(caller, ids.get(ids.size() - 1), wanted, found);
                        }));
  }

  private CompletionStage<List<Board>> seen(Caller caller, List<Long> ids) {
    return follows
        .followed(account(caller), ids)
        .thenCompose(
            followed ->
                Gather.present(
                    ids.stream().filter(followed::contains).toList(),
                    id -> boards.find(caller, Long.toString(id))))
        .thenApply(found -> List.copyOf(found.values()));
  }
}
