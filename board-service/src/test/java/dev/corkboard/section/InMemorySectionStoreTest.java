// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import dev.corkboard.board.BoardStore;
import dev.corkboard.board.InMemoryBoardStore;
import dev.corkboard.board.Role;

class InMemorySectionStoreTest implements SectionStoreContract {
  private final InMemoryBoardStore boards = new InMemoryBoardStore();
  private final SectionStore sections = new InMemorySectionStore(boards);

  @Override
  public BoardStore boards() {
    return boards;
  }

  @Override
  public SectionStore sections() {
    return sections;
  }

  @Override
  public void join(long boardId, long accountId, Role role) {
    boards.entry(boardId).orElseThrow().members.put(accountId, role);
  }
}
