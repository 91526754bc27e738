// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.caller;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.BoardStore;
import dev.corkboard.board.CacheRig;
import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.Role;
import dev.corkboard.board.v1.Board;
import dev.corkboard.platform.redis.RedisCache;
import dev.corkboard.section.SectionStore;
import org.junit.jupiter.api.Test;

class CachedPlacementStoreIT implements PlacementStoreContract {
  private final CassandraRig rig = CassandraRig.on("board_store");
  private final RedisCache<Board> cache = CacheRig.cache();
  private final BoardStore boards = CacheRig.before(rig.boards(), cache);
  private final PlacementRig cassandra = PlacementRig.on(rig);
  private final PlacementStore placements = new CachedPlacementStore(cassandra.store(), cache);

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
    rig.join(boardId, accountId, role);
  }

  @Override
  public SectionStore sections() {
    return cassandra.sections();
  }

  @Test
  void otherProcessesSeeTheCountAtOnce() {
    long owner = newId();
    Board board = await(boards.create(board(owner, "Counted"), noRequest()));
    BoardStore there = CacheRig.before(rig.boards());
    for (int i = 1; i <= 5; i++) {
      await(placements.place(Writes.place(caller(owner), board, newId())));
      assertThat(await(there.get(id(board))).orElseThrow().getPinCount()).isEqualTo(i);
    }
  }
}
