// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.follow;

import dev.corkboard.board.BoardStore;
import dev.corkboard.board.InMemoryBoardStore;

class InMemoryBoardFollowStoreTest implements BoardFollowStoreContract {
  private final InMemoryBoardStore boards = new InMemoryBoardStore();
  private final BoardFollowStore follows = new InMemoryBoardFollowStore(boards);

  @Override
  public BoardStore boards() {
    return boards;
  }

  @Override
  public BoardFollowStore follows() {
    return follows;
  }
}
