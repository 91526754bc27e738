// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.corkboard.board.Header;
import dev.corkboard.board.Keys;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.check.Times;
import java.nio.ByteBuffer;

/**
 * The rows that keep the order of a board and of its sections: statements for conditional batches,
 * which write the current generation and the one that a rebuild is writing.
 */
public final class CassandraOrderRows {
  private static final byte BOARD = 0;
  private static final byte SECTION = 3;

  private static final String INSERT =
      "INSERT INTO board (board_id, kind, epoch, k1, k2, section_id, cover, actor_id, at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String DELETE =
      "DELETE FROM board WHERE board_id = ? AND kind = ? AND epoch = ? AND k1 = ? AND k2 = ?";
  private static final String MOVE =
      "UPDATE board SET section_id = ?, cover = ?"
          + " WHERE board_id = ? AND kind = 0 AND epoch = ? AND k1 = ? AND k2 = ?";
  private static final String DELETE_SECTION =
      "DELETE FROM board WHERE board_id = ? AND kind = 3 AND epoch = ? AND k1 >= ? AND k1 < ?";
  private static final String DELETE_GENERATION =
      "DELETE FROM board WHERE board_id = ? AND kind = ? AND epoch = ?";

  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement move;
  private final PreparedStatement deleteSection;
  private final PreparedStatement deleteGeneration;

  public CassandraOrderRows(Cql cql) {
    insert = cql.prepare(INSERT, false);
    delete = cql.prepare(DELETE, false);
    move = cql.prepare(MOVE, false);
    deleteSection = cql.prepare(DELETE_SECTION, false);
    deleteGeneration = cql.prepare(DELETE_GENERATION, false);
  }

  private static int[] generations(Header board) {
    return board.nextEpoch() == 0
        ? new int[] {board.epoch()}
        : new int[] {board.epoch(), board.nextEpoch()};
  }

  /** The number of a placement's section, 0 for none. */
  static long section(Placement placement) {
    return Ids.parse(placement.getSectionId()).orElse(0);
  }

  /** Puts a Pin into the order of its board, and of its section if it stands in one. */
  void insert(BatchStatementBuilder batch, Header board, ByteBuffer key, Placement placement) {
    for (int epoch : generations(board)) insert(batch, epoch, key, placement);
  }

  /** The same in one generation alone. */
  void insert(BatchStatementBuilder batch, int epoch, ByteBuffer key, Placement placement) {
    insert(batch, BOARD, epoch, key, placement);
    insertIntoSection(batch, epoch, key, placement);
  }

  private void insertIntoSection(
      BatchStatementBuilder batch, int epoch, ByteBuffer key, Placement placement) {
    long section = section(placement);
    if (section != 0) insert(batch, SECTION, epoch, Keys.within(section, key), placement);
  }

  private void insert(
      BatchStatementBuilder batch, byte kind, int epoch, ByteBuffer k1, Placement placement) {
    batch.addStatement(
        insert.bind(
            Long.parseLong(placement.getBoardId()),
            kind,
            epoch,
            k1,
            Long.parseLong(placement.getPinId()),
            section(placement),
            placement.getCoverAssetKey(),
            Long.parseLong(placement.getActorId()),
            Times.fromProto(placement.getPlaceTime())));
  }

  /** Takes a Pin out of the order of its board and section. */
  void delete(BatchStatementBuilder batch, Header board, ByteBuffer key, Placement placement) {
    long pinId = Long.parseLong(placement.getPinId());
    for (int epoch : generations(board)) {
      batch.addStatement(delete.bind(board.boardId(), BOARD, epoch, key, pinId));
      deleteFromSection(batch, board, epoch, key, placement);
    }
  }

  private void deleteFromSection(
      BatchStatementBuilder batch, Header board, int epoch, ByteBuffer key, Placement placement) {
    long section = section(placement);
    if (section == 0) return;
    batch.addStatement(
        delete.bind(
            board.boardId(),
            SECTION,
            epoch,
            Keys.within(section, key),
            Long.parseLong(placement.getPinId())));
  }

  /** Moves a Pin from the section it stands in to another, or shows it there by another picture. */
  void move(
      BatchStatementBuilder batch,
      Header board,
      ByteBuffer key,
      Placement standing,
      Placement moved) {
    for (int epoch : generations(board)) {
      batch.addStatement(
          move.bind(
              section(moved),
              moved.getCoverAssetKey(),
              board.boardId(),
              epoch,
              key,
              Long.parseLong(standing.getPinId())));
      // Of a row written and deleted in one batch nothing is left.
      if (section(moved) != section(standing)) {
        deleteFromSection(batch, board, epoch, key, standing);
      }
      insertIntoSection(batch, epoch, key, moved);
    }
  }

  /** Removes the order of a section. */
  public void deleteSection(BatchStatementBuilder batch, Header board, long sectionId) {
    for (int epoch : generations(board)) {
      batch.addStatement(
          deleteSection.bind(board.boardId(), epoch, Keys.of(sectionId), Keys.of(sectionId + 1)));
    }
  }

  /** Removes a generation of all orders. */
  void deleteGeneration(BatchStatementBuilder batch, long boardId, int epoch) {
    batch.addStatement(deleteGeneration.bind(boardId, BOARD, epoch));
    batch.addStatement(deleteGeneration.bind(boardId, SECTION, epoch));
  }
}
