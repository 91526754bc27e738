// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.Keys;
import dev.corkboard.board.v1.Board;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CassandraMembershipsIT {
  /** Cassandra gives a read up at 100,000. */
  private static final int DELETIONS = 101_000;

  private static final int AT_ONCE = 500;

  private final CassandraRig rig = CassandraRig.on("board_store");
  private final PlacementStore store = PlacementRig.on(rig).store();

  /** Leaves behind what deleting Pins with these ids leaves. */
  private void delete(long boardId, long first) {
    PreparedStatement delete =
        rig.session()
            .prepare(
                "DELETE FROM board WHERE board_id = ? AND kind = 1 AND epoch = 0 AND k1 = ?"
                    + " AND k2 = 0");
    for (int i = 0; i < DELETIONS; i += AT_ONCE) {
      BatchStatementBuilder batch = BatchStatement.builder(BatchType.UNLOGGED);
      for (int j = i; j < i + AT_ONCE; j++) {
        batch.addStatement(delete.bind(boardId, Keys.of(first + j)));
      }
      rig.session().execute(batch.build());
    }
  }

  private List<Long> scan(long boardId, int limit) {
    List<Long> seen = new ArrayList<>();
    long after = 0;
    while (true) {
      var part = await(store.scan(boardId, after, limit, false));
      part.forEach(placement -> seen.add(Long.valueOf(placement.getPinId())));
      if (part.size() < limit) return seen;
      after = seen.get(seen.size() - 1);
    }
  }

  @Test
  void aScanGoesOnBehindMoreDeletionsThanOneReadMayMeet() {
    long owner = newId();
    Board board = await(rig.boards().create(board(owner, "Emptied"), noRequest()));
    long first = newId();
    long second = first + DELETIONS + 10;
    List<Long> pins = List.of(first, first + 1, second, second + 1);
    Writes.placeAll(store, board, pins);
    delete(id(board), first + 2);
    delete(id(board), second + 2);
    assertThatThrownBy(
            () ->
                rig.session()
                    .execute(
                        "SELECT k1 FROM board WHERE board_id = ? AND kind = 1 LIMIT 3", id(board)))
        .isInstanceOf(ReadFailureException.class);

    assertThat(scan(id(board), 3)).isEqualTo(pins);
  }
}
