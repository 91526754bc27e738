// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.v1.Board;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.server.Caller;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds boards as a caller sees them: what may not be seen is not there. */
public final class BoardViews {
  private final BoardStore store;

  public BoardViews(BoardStore store) {
    this.store = store;
  }

  /** The board, when it is live and the caller sees it. */
  public CompletionStage<Optional<Board>> find(Caller caller, String boardId) {
    OptionalLong id = Ids.parse(boardId);
    if (id.isEmpty()) return CompletableFuture.completedStage(Optional.empty());
    return store.get(id.getAsLong()).thenCompose(board -> ifSeen(caller, board));
  }

  /** The board; fails with BOARD_NOT_FOUND when the caller does not see it. */
  public CompletionStage<Board> get(Caller caller, String boardId) {
    return find(caller, boardId)
        .thenApply(board -> board.orElseThrow(() -> BoardAccess.notFound(boardId)));
  }

  CompletionStage<Optional<Board>> ifSeen(Caller caller, Optional<Board> board) {
    if (board.isEmpty() || BoardAccess.sees(caller, board.get().getPrivacy(), Role.NONE)) {
      return CompletableFuture.completedStage(board);
    }
    return role(caller, board.get())
        .thenApply(role -> board.filter(b -> BoardAccess.sees(caller, b.getPrivacy(), role)));
  }

  /** What the caller is to a board. */
  CompletionStage<Role> role(Caller caller, Board board) {
    if (board.getOwnerId().equals(caller.accountId())) {
      return CompletableFuture.completedStage(Role.OWNER);
    }
    return store.member(Long.parseLong(board.getId()), Ids.parse(caller.accountId()).orElse(0));
  }
}
