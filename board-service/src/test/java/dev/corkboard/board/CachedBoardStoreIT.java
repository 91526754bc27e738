// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static dev.corkboard.board.Fixtures.rename;
import static dev.corkboard.board.Fixtures.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.platform.testing.Faults;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachedBoardStoreIT implements BoardStoreContract {
  private final CassandraRig rig = CassandraRig.on("board_store");
  private final BoardStore here = CacheRig.before(rig.boards());
  private final BoardStore there = CacheRig.before(rig.boards());

  @Override
  public BoardStore boards() {
    return here;
  }

  @Override
  public void join(long boardId, long accountId, Role role) {
    rig.join(boardId, accountId, role);
  }

  @Test
  void otherProcessesSeeEveryChangeAtOnce() {
    Board board = board(newId(), "Shared");
    assertThat(await(there.get(id(board)))).isEmpty();

    await(here.create(board, noRequest()));
    assertThat(await(there.get(id(board)))).contains(board);

    Board renamed = await(here.update(update(board, rename("Renamed"))));
    assertThat(await(there.get(id(board)))).contains(renamed);

    Board secret =
        await(
            here.update(
                update(board, b -> b.toBuilder().setPrivacy(Privacy.PRIVACY_SECRET).build())));
    assertThat(await(there.getAll(List.of(id(board))))).containsValue(secret);

    await(here.delete(id(board), newId(), b -> {}, ""));
    assertThat(await(there.get(id(board)))).isEmpty();
  }

  @Test
  void hitsDoNotAskTheStore() {
    Board board = await(here.create(board(newId(), "Hot"), noRequest()));
    await(here.get(id(board)));
    BoardStore dead = CacheRig.before(rig.through(Faults.dieAfter(0)).boards());

    assertThat(await(dead.get(id(board)))).contains(board);
  }
}
