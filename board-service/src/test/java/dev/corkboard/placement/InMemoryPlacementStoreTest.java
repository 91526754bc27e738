// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import dev.corkboard.board.BoardStore;
import dev.corkboard.board.InMemoryBoardStore;
import dev.corkboard.board.Role;

class InMemoryPlacementStoreTest implements PlacementStoreContract {
  private final InMemoryBoardStore boards = new InMemoryBoardStore();
  private final InMemoryPlacementStore placements = new InMemoryPlacementStore(boards);

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
  public void addSection(long boardId, long sectionId) {
    placements.addSection(boardId, sectionId);
  }
}
