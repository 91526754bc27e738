// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.Keys;

/** Placements on a {@link CassandraRig}. */
final class PlacementRig {
  private final CassandraRig rig;
  private final CassandraEpochRebuild rebuild;
  private final PlacementStore store;

  private PlacementRig(CassandraRig rig, int rebuildThreshold) {
    this.rig = rig;
    this.rebuild = new CassandraEpochRebuild(rig.cql(), rig.clock(), rebuildThreshold);
    this.store = new CassandraPlacementStore(rig.cql(), rig.intents(), rig.settler(), rebuild);
  }

  static PlacementRig on(CassandraRig rig) {
    return new PlacementRig(rig, 2_000);
  }

  static PlacementRig on(CassandraRig rig, int rebuildThreshold) {
    return new PlacementRig(rig, rebuildThreshold);
  }

  PlacementStore store() {
    return store;
  }

  CassandraEpochRebuild rebuild() {
    return rebuild;
  }

  /** Makes a section as board-service keeps it. */
  void addSection(long boardId, long sectionId) {
    rig.session()
        .execute(
            "INSERT INTO board (board_id, kind, epoch, k1, k2, section_id)"
                + " VALUES (?, 2, 0, ?, 0, ?) IF NOT EXISTS",
            boardId,
            Keys.of(sectionId),
            sectionId);
  }
}
