// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.follow;

import dev.corkboard.board.BoardStore;
import dev.corkboard.board.CassandraRig;

class CassandraBoardFollowStoreIT implements BoardFollowStoreContract {
  private final CassandraRig rig = CassandraRig.on("board_store");
  private final BoardFollowStore follows = new CassandraBoardFollowStore(rig.cql());

  @Override
  public BoardStore boards() {
    return rig.boards();
  }

  @Override
  public BoardFollowStore follows() {
    return follows;
  }
}
