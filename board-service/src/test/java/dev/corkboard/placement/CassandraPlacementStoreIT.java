// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import dev.corkboard.board.BoardStore;
import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.Role;
import dev.corkboard.section.SectionStore;

class CassandraPlacementStoreIT implements PlacementStoreContract {
  private final CassandraRig rig = CassandraRig.on("board_store");
  private final PlacementRig placements = PlacementRig.on(rig);

  @Override
  public BoardStore boards() {
    return rig.boards();
  }

  @Override
  public PlacementStore placements() {
    return placements.store();
  }

  @Override
  public void join(long boardId, long accountId, Role role) {
    rig.join(boardId, accountId, role);
  }

  @Override
  public SectionStore sections() {
    return placements.sections();
  }
}
