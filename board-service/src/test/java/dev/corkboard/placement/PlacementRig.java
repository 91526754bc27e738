// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.change.Commits;
import dev.corkboard.board.v1.Board;
import dev.corkboard.section.CassandraSectionStore;
import dev.corkboard.section.SectionStore;
import dev.corkboard.section.Sections;

/** Placements on a {@link CassandraRig}. */
final class PlacementRig {
  private final CassandraRig rig;
  private final CassandraEpochRebuild rebuild;
  private final PlacementStore store;

  private PlacementRig(CassandraRig rig, int rebuildThreshold, CassandraBareGround bareGround) {
    this.rig = rig;
    this.rebuild = new CassandraEpochRebuild(rig.cql(), rig.clock(), rebuildThreshold);
    this.store =
        new CassandraPlacementStore(rig.cql(), rig.intents(), rig.settler(), rebuild, bareGround);
  }

  static PlacementRig on(CassandraRig rig) {
    return on(rig, 2_000);
  }

  static PlacementRig on(CassandraRig rig, int rebuildThreshold) {
    return new PlacementRig(rig, rebuildThreshold, CassandraBareGround.nowAndThen(rig.cql()));
  }

  /** Never rebuilds by itself; looks for bare stretches at each deletion or at none. */
  static PlacementRig withoutRebuild(CassandraRig rig, boolean lookAlways) {
    return new PlacementRig(rig, 1_000_000, new CassandraBareGround(rig.cql(), () -> lookAlways));
  }

  PlacementStore store() {
    return store;
  }

  CassandraEpochRebuild rebuild() {
    return rebuild;
  }

  SectionStore sections() {
    return new CassandraSectionStore(rig.cql(), new Commits(rig.intents(), rig.settler()));
  }

  /** Makes a section, by the board's owner. */
  void addSection(long boardId, long sectionId) {
    Board board = rig.boards().get(boardId).toCompletableFuture().join().orElseThrow();
    Sections.add(sections(), board, sectionId);
  }
}
