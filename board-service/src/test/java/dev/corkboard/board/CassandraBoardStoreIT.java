// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

class CassandraBoardStoreIT implements BoardStoreContract {
  private final CassandraRig rig = CassandraRig.on("board_store");

  @Override
  public BoardStore boards() {
    return rig.boards();
  }

  @Override
  public void join(long boardId, long accountId, Role role) {
    rig.join(boardId, accountId, role);
  }
}
