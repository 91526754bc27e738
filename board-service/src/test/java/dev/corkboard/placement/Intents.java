// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.change.Intent;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Change;

/** Intents as the placement store makes them. */
final class Intents {
  private Intents() {}

  static Intent placing(CassandraRig rig, Board board, PlacementWrite write) {
    return Intent.within(
        rig.intents().newId(),
        Change.Type.TYPE_PIN_PLACED,
        write.boardId(),
        Long.parseLong(board.getOwnerId()),
        write.pinId(),
        write.actorId());
  }
}
