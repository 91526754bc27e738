// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.google.protobuf.ByteString;
import dev.corkboard.board.Header;
import dev.corkboard.board.Keys;
import dev.corkboard.board.Role;
import dev.corkboard.board.change.CassandraChangeRows;
import dev.corkboard.board.change.Intent;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.placement.CassandraPlacementTable.Snapshot;
import dev.corkboard.platform.cassandra.Cas;
import dev.corkboard.platform.cassandra.Cql;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * The conditional batches that move Pins: membership, order, count, change and request rows
 * together. Each is refused when the board is not as the snapshot found it in what matters: its
 * state, its generations of order rows, its owner, the actor's role.
 */
final class CassandraPlacementBatches {
  private static final String AS_READ =
      " IF state = 1 AND owner_id = ? AND cur_epoch = ? AND next_epoch = ?";
  private static final String COUNT_UP =
      "UPDATE board SET pin_count += 1, pins_modified_at = ?, bare = ?, bare_next = ?"
          + " WHERE board_id = ?"
          + AS_READ
          + " AND bare = ? AND bare_next = ?"
          + " AND pin_count < "
          + PlacementRules.MAX_PINS;
  private static final String COUNT_DOWN =
      "UPDATE board SET pin_count += -1, deletions += 1, pins_modified_at = ? WHERE board_id = ?"
          + AS_READ;
  private static final String TOUCH =
      "UPDATE board SET pins_modified_at = ? WHERE board_id = ?" + AS_READ;
  private static final String INSERT_MEMBERSHIP =
      "INSERT INTO board (board_id, kind, epoch, k1, k2, order_key, section_id, cover, actor_id,"
          + " at) VALUES (?, 1, 0, ?, 0, ?, ?, ?, ?, ?) IF NOT EXISTS";
  private static final String DELETE_MEMBERSHIP =
      "DELETE FROM board WHERE board_id = ? AND kind = 1 AND epoch = 0 AND k1 = ? AND k2 = 0"
          + " IF order_key = ? AND section_id = ?";
  private static final String MOVE_MEMBERSHIP =
      "UPDATE board SET section_id = ?, cover = ?"
          + " WHERE board_id = ? AND kind = 1 AND epoch = 0 AND k1 = ? AND k2 = 0"
          + " IF order_key = ? AND section_id = ?";
  private static final String STILL_SECTION =
      "UPDATE board SET section_id = ?"
          + " WHERE board_id = ? AND kind = 2 AND epoch = 0 AND k1 = ? AND k2 = 0"
          + " IF section_id = ?";
  private final Cql cql;
  private final PreparedStatement countUp;
  private final PreparedStatement countDown;
  private final PreparedStatement touch;
  private final PreparedStatement insertMembership;
  private final PreparedStatement deleteMembership;
  private final PreparedStatement moveMembership;
  private final PreparedStatement stillSection;
  private final CassandraChangeRows rows;
  private final CassandraOrderRows orders;

  CassandraPlacementBatches(Cql cql) {
    this.cql = cql;
    countUp = cql.prepare(COUNT_UP, false);
    countDown = cql.prepare(COUNT_DOWN, false);
    touch = cql.prepare(TOUCH, false);
    insertMembership = cql.prepare(INSERT_MEMBERSHIP, false);
    deleteMembership = cql.prepare(DELETE_MEMBERSHIP, false);
    moveMembership = cql.prepare(MOVE_MEMBERSHIP, false);
    stillSection = cql.prepare(STILL_SECTION, false);
    rows = new CassandraChangeRows(cql);
    orders = new CassandraOrderRows(cql);
  }

  CompletionStage<Cas> place(PlacementWrite write, Snapshot read, Intent intent) {
    Header board = read.header().orElseThrow();
    ByteBuffer key = Keys.newestFirst(write.pinId());
    Instant at = CassandraChangeRows.at(intent);
    BatchStatementBuilder batch =
        batch(write, read, intent, countUp(board, key, at))
            .addStatement(
                insertMembership.bind(
                    board.boardId(),
                    Keys.of(write.pinId()),
                    key,
                    write.sectionId(),
                    write.cover(),
                    write.actorId(),
                    at));
    orders.insert(batch, board, key, PlacementRules.placement(write, at));
    guardSection(write, batch);
    return cql.cas(batch.build());
  }

  CompletionStage<Cas> update(PlacementWrite write, Snapshot read, Intent intent) {
    Header board = read.header().orElseThrow();
    ByteBuffer key = read.orderKey().orElseThrow();
    Placement standing = read.facts().standing().orElseThrow();
    Placement moved = PlacementRules.moved(write, standing);
    BatchStatementBuilder batch =
        batch(write, read, intent, asRead(touch, board, intent))
            .addStatement(
                moveMembership.bind(
                    write.sectionId(),
                    moved.getCoverAssetKey(),
                    board.boardId(),
                    Keys.of(write.pinId()),
                    key,
                    CassandraOrderRows.section(standing)));
    orders.move(batch, board, key, standing, moved);
    guardSection(write, batch);
    return cql.cas(batch.build());
  }

  CompletionStage<Cas> remove(PlacementWrite write, Snapshot read, Intent intent) {
    Header board = read.header().orElseThrow();
    ByteBuffer key = read.orderKey().orElseThrow();
    Placement standing = read.facts().standing().orElseThrow();
    BatchStatementBuilder batch =
        batch(write, read, intent, asRead(countDown, board, intent))
            .addStatement(
                deleteMembership.bind(
                    board.boardId(),
                    Keys.of(write.pinId()),
                    key,
                    CassandraOrderRows.section(standing)));
    orders.delete(batch, board, key, standing);
    return cql.cas(batch.build());
  }

  /** One Pin more, whose row leaves the stretches that were bare where it stands. */
  private BoundStatement countUp(Header board, ByteBuffer orderKey, Instant at) {
    ByteString key = ByteString.copyFrom(orderKey.duplicate());
    return countUp.bind(
        at,
        board.bare().without(key).stored(),
        board.bareNext().without(key).stored(),
        board.boardId(),
        board.ownerId(),
        board.epoch(),
        board.nextEpoch(),
        board.bare().stored(),
        board.bareNext().stored());
  }

  private static BoundStatement asRead(PreparedStatement header, Header board, Intent intent) {
    return header.bind(
        CassandraChangeRows.at(intent),
        board.boardId(),
        board.ownerId(),
        board.epoch(),
        board.nextEpoch());
  }

  private BatchStatementBuilder batch(
      PlacementWrite write, Snapshot read, Intent intent, BoundStatement header) {
    Header board = read.header().orElseThrow();
    BatchStatementBuilder batch =
        BatchStatement.builder(BatchType.LOGGED)
            .addStatement(header)
            .addStatement(rows.change(intent));
    rows.request(intent, write.request(), write.pinId()).ifPresent(batch::addStatement);
    if (read.facts().role() == Role.EDITOR && !write.ownsPin()) {
      batch.addStatement(rows.stillEditor(board.boardId(), write.actorId()));
    }
    return batch;
  }

  private void guardSection(PlacementWrite write, BatchStatementBuilder batch) {
    if (write.sectionId() == 0) return;
    batch.addStatement(
        stillSection.bind(
            write.sectionId(), write.boardId(), Keys.of(write.sectionId()), write.sectionId()));
  }
}
