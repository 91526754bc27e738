// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import dev.corkboard.board.CassandraHeaders;
import dev.corkboard.board.Header;
import dev.corkboard.board.Keys;
import dev.corkboard.board.Role;
import dev.corkboard.board.change.CassandraChangeRows;
import dev.corkboard.board.change.Intent;
import dev.corkboard.board.v1.Section;
import dev.corkboard.placement.CassandraOrderRows;
import dev.corkboard.platform.cassandra.Cas;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Times;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The section rows of the table {@code board}, and the batches that change them. */
final class CassandraSectionTable {
  private static final String SELECT_SNAPSHOT =
      "SELECT "
          + CassandraHeaders.COLUMNS
          + ", section_count, section_id, section_name, section_ver, role, req_hash, pin_id, at"
          + " FROM board WHERE board_id = ? AND (kind, epoch, k1, k2) IN"
          + " ((-1, 0, 0x, 0), (2, 0, ?, 0), (4, 0, ?, 0), (9, 0, ?, 0))";
  private static final String SELECT_AFTER =
      "SELECT board_id, section_id, section_name, section_ver, at FROM board"
          + " WHERE board_id = ? AND kind = 2 AND epoch = 0 AND k1 > ? LIMIT ?";
  private static final String SELECT_ALL =
      "SELECT board_id, section_id, section_name, section_ver, at FROM board"
          + " WHERE board_id = ? AND kind = 2 AND epoch = 0 AND k1 IN ? AND k2 = 0";
  private static final String COUNT_UP =
      "UPDATE board SET section_count += 1, updated_at = ? WHERE board_id = ?"
          + " IF state = 1 AND owner_id = ? AND section_count < "
          + SectionStore.MAX_SECTIONS;
  private static final String COUNT_DOWN =
      "UPDATE board SET section_count += -1, updated_at = ? WHERE board_id = ?"
          + " IF state = 1 AND owner_id = ? AND cur_epoch = ? AND next_epoch = ?";
  private static final String TOUCH =
      "UPDATE board SET updated_at = ? WHERE board_id = ? IF state = 1 AND owner_id = ?";
  private static final String INSERT =
      "INSERT INTO board (board_id, kind, epoch, k1, k2, section_id, section_name, section_ver, at)"
          + " VALUES (?, 2, 0, ?, 0, ?, ?, 1, ?) IF NOT EXISTS";
  private static final String RENAME =
      "UPDATE board SET section_name = ?, section_ver = ?"
          + " WHERE board_id = ? AND kind = 2 AND epoch = 0 AND k1 = ? AND k2 = 0"
          + " IF section_ver = ?";
  private static final String DELETE =
      "DELETE FROM board WHERE board_id = ? AND kind = 2 AND epoch = 0 AND k1 = ? AND k2 = 0"
          + " IF section_ver = ?";

  private final Cql cql;
  private final CassandraChangeRows rows;
  private final CassandraOrderRows orders;
  private final PreparedStatement selectSnapshot;
  private final PreparedStatement selectAfter;
  private final PreparedStatement selectAll;
  private final PreparedStatement countUp;
  private final PreparedStatement countDown;
  private final PreparedStatement touch;
  private final PreparedStatement insert;
  private final PreparedStatement rename;
  private final PreparedStatement delete;

  /** Everything a write looks at, as one read found it. */
  record Snapshot(Optional<Header> header, SectionFacts facts) {}

  CassandraSectionTable(Cql cql) {
    this.cql = cql;
    rows = new CassandraChangeRows(cql);
    orders = new CassandraOrderRows(cql);
    selectSnapshot = cql.prepare(SELECT_SNAPSHOT, true);
    selectAfter = cql.prepare(SELECT_AFTER, true);
    selectAll = cql.prepare(SELECT_ALL, true);
    countUp = cql.prepare(COUNT_UP, false);
    countDown = cql.prepare(COUNT_DOWN, false);
    touch = cql.prepare(TOUCH, false);
    insert = cql.prepare(INSERT, false);
    rename = cql.prepare(RENAME, false);
    delete = cql.prepare(DELETE, false);
  }

  /**
   * What a write is decided on. Serial, because some decisions end without a conditional write that
   * would finish an earlier one of unknown outcome.
   */
  CompletionStage<Snapshot> snapshot(SectionWrite write) {
    return cql.all(
            selectSnapshot
                .bind(
                    write.boardId(),
                    Keys.of(write.sectionId()),
                    Keys.of(write.actorId()),
                    Keys.of(write.request().id()))
                .setExecutionProfileName(Cassandra.SERIAL))
        .thenApply(found -> snapshot(write, found));
  }

  private static Snapshot snapshot(SectionWrite write, List<Row> found) {
    Optional<Row> headerRow = row(found, -1);
    if (headerRow.isEmpty()) return new Snapshot(Optional.empty(), SectionFacts.noBoard());
    Header board = CassandraHeaders.read(headerRow.get());
    Role member = row(found, 4).map(r -> Role.ofMember(r.getByte("role"))).orElse(Role.NONE);
    return new Snapshot(
        Optional.of(board),
        new SectionFacts(
            board.isLive(),
            board.privacy(),
            board.role(write.actorId(), member),
            headerRow.get().getInt("section_count"),
            row(found, 2).map(CassandraSectionTable::section),
            row(found, 9)
                .map(
                    r ->
                        new SectionFacts.Seen(
                            ByteString.copyFrom(r.getByteBuffer("req_hash")),
                            r.getLong("pin_id"),
                            r.getInstant("at")))));
  }

  private static Optional<Row> row(List<Row> found, int kind) {
    return found.stream().filter(row -> row.getByte("kind") == kind).findFirst();
  }

  private static Section section(Row row) {
    return Section.newBuilder()
        .setId(Long.toString(row.getLong("section_id")))
        .setBoardId(Long.toString(row.getLong("board_id")))
        .setName(row.getString("section_name"))
        .setCreateTime(Times.toProto(row.getInstant("at")))
        .setEtag(Long.toString(row.getLong("section_ver")))
        .build();
  }

  CompletionStage<List<Section>> list(long boardId, long after, int limit) {
    return cql.all(selectAfter.bind(boardId, Keys.of(after), limit))
        .thenApply(CassandraSectionTable::sections);
  }

  CompletionStage<List<Section>> getAll(long boardId, Collection<Long> sectionIds) {
    if (sectionIds.isEmpty()) return CompletableFuture.completedStage(List.of());
    List<ByteBuffer> keys = sectionIds.stream().map(Keys::of).toList();
    return cql.all(selectAll.bind(boardId, keys)).thenApply(CassandraSectionTable::sections);
  }

  private static List<Section> sections(List<Row> found) {
    return found.stream().map(CassandraSectionTable::section).toList();
  }

  CompletionStage<Cas> create(SectionWrite write, Snapshot read, Intent intent) {
    BatchStatementBuilder batch =
        batch(write, read, intent, bind(countUp, read, intent))
            .addStatement(
                insert.bind(
                    write.boardId(),
                    Keys.of(write.sectionId()),
                    write.sectionId(),
                    write.name(),
                    CassandraChangeRows.at(intent)));
    return cql.cas(batch.build());
  }

  CompletionStage<Cas> update(SectionWrite write, Snapshot read, Intent intent) {
    long version = version(read);
    BatchStatementBuilder batch =
        batch(write, read, intent, bind(touch, read, intent))
            .addStatement(
                rename.bind(
                    write.name(),
                    version + 1,
                    write.boardId(),
                    Keys.of(write.sectionId()),
                    version));
    return cql.cas(batch.build());
  }

  CompletionStage<Cas> delete(SectionWrite write, Snapshot read, Intent intent) {
    Header board = read.header().orElseThrow();
    BatchStatementBuilder batch =
        batch(
                write,
                read,
                intent,
                countDown.bind(
                    CassandraChangeRows.at(intent),
                    board.boardId(),
                    board.ownerId(),
                    board.epoch(),
                    board.nextEpoch()))
            .addStatement(delete.bind(write.boardId(), Keys.of(write.sectionId()), version(read)));
    orders.deleteSection(batch, board, write.sectionId());
    return cql.cas(batch.build());
  }

  private static long version(Snapshot read) {
    return Long.parseLong(read.facts().standing().orElseThrow().getEtag());
  }

  private static BoundStatement bind(PreparedStatement header, Snapshot read, Intent intent) {
    Header board = read.header().orElseThrow();
    return header.bind(CassandraChangeRows.at(intent), board.boardId(), board.ownerId());
  }

  private BatchStatementBuilder batch(
      SectionWrite write, Snapshot read, Intent intent, BoundStatement header) {
    BatchStatementBuilder batch =
        BatchStatement.builder(BatchType.LOGGED)
            .addStatement(header)
            .addStatement(rows.change(intent));
    rows.request(intent, write.request(), write.sectionId()).ifPresent(batch::addStatement);
    if (read.facts().role() == Role.EDITOR) {
      batch.addStatement(rows.stillEditor(write.boardId(), write.actorId()));
    }
    return batch;
  }
}
