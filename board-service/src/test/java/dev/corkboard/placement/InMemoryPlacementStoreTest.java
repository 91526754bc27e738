// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import dev.corkboard.board.BoardStore;
import dev.corkboard.board.InMemoryBoardStore;
import dev.corkboard.board.Role;
import dev.corkboard.section.InMemorySectionStore;
import dev.corkboard.section.SectionStore;

class InMemoryPlacementStoreTest implements PlacementStoreContract {
  private final InMemoryBoardStore boards = new InMemoryBoardStore();
  private final InMemoryPlacementStore placements = new InMemoryPlacementStore(boards);

  private final SectionStore sections = new InMemorySectionStore(boards);

  @Override
  public BoardStore boards() {
    return boards;
  }

  @Override
  public PlacementStore placements() {
    return placements;
  }

  @Override
  public void join(long boardId, long accountId, Role role) {
    boards.entry(boardId).orElseThrow().members.put(accountId, role);
  }

  @Override
  public SectionStore sections() {
    return sections;
  }
}
