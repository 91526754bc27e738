// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import dev.corkboard.board.BareStretches.Stretch;
import dev.corkboard.board.change.CassandraChangeRows;
import dev.corkboard.board.change.Intent;
import dev.corkboard.board.change.Outcome;
import dev.corkboard.board.v1.Board;
import dev.corkboard.platform.cassandra.Cas;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Times;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** The header, members and change rows of the table {@code board}. */
final class CassandraBoardTable {
  private static final String SELECT_HEADER =
      "SELECT "
          + CassandraHeaders.COLUMNS
          + " FROM board WHERE board_id = ? AND kind = -1 AND epoch = 0 AND k1 = 0x AND k2 = 0";
  private static final String SCAN =
      "SELECT DISTINCT token(board_id) AS place, board_id, owner_id, privacy, state, pin_count"
          + " FROM board WHERE token(board_id) > ? LIMIT ?";
  private static final String SELECT_HEADER_AND_REQUEST =
      "SELECT "
          + CassandraHeaders.COLUMNS
          + ", req_hash FROM board WHERE board_id = ?"
          + " AND (kind, epoch, k1, k2) IN ((-1, 0, 0x, 0), (9, 0, ?, 0))";
  private static final String SELECT_COVERS =
      "SELECT cover FROM board WHERE board_id = ? AND kind = 0 AND epoch = ?"
          + " AND (k1) >= (?) AND (k1) <= (?) LIMIT ?";
  private static final String SELECT_ROLE =
      "SELECT role FROM board WHERE board_id = ? AND kind = 4 AND epoch = 0 AND k1 = ? AND k2 = 0";
  private static final String SELECT_CHANGE =
      "SELECT change_type FROM board"
          + " WHERE board_id = ? AND kind = 8 AND epoch = 0 AND k1 = ? AND k2 = 0";
  private static final String INSERT_HEADER =
      "INSERT INTO board (board_id, kind, epoch, k1, k2, owner_id, name, slug, slug_intent,"
          + " description, privacy, ads_only, state, cur_epoch, next_epoch, rebuild_at, deletions,"
          + " pin_count, section_count, collaborator_count, header_ver, created_at, updated_at,"
          + " pins_modified_at) VALUES (?, -1, 0, 0x, 0, ?, ?, ?, ?, ?, ?, ?, 1, 1, 0, ?, 0, 0, 0,"
          + " 0, 1, ?, ?, ?) IF NOT EXISTS";
  private static final String UPDATE_HEADER =
      "UPDATE board SET name = ?, slug = ?, slug_intent = ?, description = ?, privacy = ?,"
          + " header_ver = ?, updated_at = ? WHERE board_id = ? IF state = 1 AND header_ver = ?";
  private static final String DELETE_HEADER =
      "UPDATE board SET state = 2, header_ver = ?, updated_at = ? WHERE board_id = ?"
          + " IF state = 1 AND header_ver = ?";
  private final Cql cql;
  private final PreparedStatement selectHeader;
  private final PreparedStatement scan;
  private final PreparedStatement selectHeaderAndRequest;
  private final PreparedStatement selectCovers;
  private final PreparedStatement selectRole;
  private final PreparedStatement selectChange;
  private final PreparedStatement insertHeader;
  private final PreparedStatement updateHeader;
  private final PreparedStatement deleteHeader;
  private final CassandraChangeRows rows;

  /** The header, and the digest under which the request was seen before. */
  record Snapshot(Optional<Header> header, Optional<ByteString> request) {}

  CassandraBoardTable(Cql cql) {
    this.cql = cql;
    selectHeader = cql.prepare(SELECT_HEADER, true);
    scan = cql.prepare(SCAN, true);
    selectHeaderAndRequest = cql.prepare(SELECT_HEADER_AND_REQUEST, true);
    selectCovers = cql.prepare(SELECT_COVERS, true);
    selectRole = cql.prepare(SELECT_ROLE, true);
    selectChange = cql.prepare(SELECT_CHANGE, true);
    insertHeader = cql.prepare(INSERT_HEADER, false);
    updateHeader = cql.prepare(UPDATE_HEADER, false);
    deleteHeader = cql.prepare(DELETE_HEADER, false);
    rows = new CassandraChangeRows(cql);
  }

  /** The header in whatever state; empty when there never was one. */
  CompletionStage<Optional<Header>> header(long boardId) {
    return cql.one(selectHeader.bind(boardId)).thenApply(row -> row.map(CassandraHeaders::read));
  }

  CompletionStage<BoardScan> scan(long after, int limit) {
    return cql.all(scan.bind(after, limit).setExecutionProfileName("scan"))
        .thenApply(
            rows ->
                new BoardScan(
                    rows.stream()
                        .filter(row -> !row.isNull("state"))
                        .map(CassandraHeaders::readState)
                        .toList(),
                    rows.size() < limit
                        ? OptionalLong.empty()
                        : OptionalLong.of(rows.get(rows.size() - 1).getLong("place"))));
  }

  CompletionStage<Snapshot> snapshot(long boardId, RequestKey request) {
    return cql.all(selectHeaderAndRequest.bind(boardId, Keys.of(request.id())))
        .thenApply(
            rows ->
                new Snapshot(
                    rows.stream()
                        .filter(row -> row.getByte("kind") == -1)
                        .map(CassandraHeaders::read)
                        .findFirst(),
                    rows.stream()
                        .filter(row -> row.getByte("kind") == 9)
                        .map(row -> ByteString.copyFrom(row.getByteBuffer("req_hash")))
                        .findFirst()));
  }

  /** The pictures of the first Pins; Pins without one are passed over. */
  CompletionStage<List<String>> covers(Header header) {
    return firstRows(header, ByteString.EMPTY, BoardStore.COVERS, List.of())
        .thenApply(
            rows ->
                rows.stream()
                    .map(row -> row.getString("cover"))
                    .filter(cover -> cover != null && !cover.isEmpty())
                    .toList());
  }

  private CompletionStage<List<Row>> firstRows(
      Header header, ByteString from, int limit, List<Row> before) {
    Optional<Stretch> bare = header.bare().endingAfter(from);
    ByteString edge = bare.map(Stretch::from).orElse(BareStretches.END);
    return cql.all(
            selectCovers.bind(
                header.boardId(),
                header.epoch(),
                from.asReadOnlyByteBuffer(),
                edge.asReadOnlyByteBuffer(),
                limit))
        .thenCompose(
            part -> {
              List<Row> rows = Stream.concat(before.stream(), part.stream()).toList();
              return part.size() == limit || bare.isEmpty()
                  ? CompletableFuture.completedStage(rows)
                  : firstRows(header, bare.get().to(), limit - part.size(), rows);
            });
  }

  CompletionStage<Role> role(long boardId, long accountId) {
    return cql.one(selectRole.bind(boardId, Keys.of(accountId)))
        .thenApply(row -> row.map(r -> Role.ofMember(r.getByte("role"))).orElse(Role.NONE));
  }

  /** Writes the header of a new board; repeating it is no harm. */
  CompletionStage<Cas> create(Intent intent) {
    Board board = intent.board();
    Instant created = Times.fromProto(board.getCreateTime());
    return cql.cas(
        batch(intent)
            .addStatement(
                insertHeader.bind(
                    intent.boardId(),
                    intent.ownerId(),
                    board.getName(),
                    intent.newSlug(),
                    intent.id(),
                    board.getDescription(),
                    (byte) board.getPrivacyValue(),
                    board.getAdsOnly(),
                    created,
                    created,
                    created,
                    created))
            .build());
  }

  /** Changes the header if it still has the version it was read with. */
  CompletionStage<Cas> update(Header read, Board wanted, Intent intent, RequestKey request) {
    boolean renames = intent.isRenaming();
    BatchStatementBuilder batch =
        batch(intent)
            .addStatement(
                updateHeader.bind(
                    wanted.getName(),
                    renames ? intent.newSlug() : read.slug(),
                    renames ? intent.id() : read.slugIntent(),
                    wanted.getDescription(),
                    (byte) wanted.getPrivacyValue(),
                    read.version() + 1,
                    CassandraChangeRows.at(intent),
                    read.boardId(),
                    read.version()));
    rows.request(intent, request, 0).ifPresent(batch::addStatement);
    return cql.cas(batch.build());
  }

  /** Marks the board as deleted if it still has the version it was read with. */
  CompletionStage<Cas> delete(Header read, Intent intent) {
    return cql.cas(
        batch(intent)
            .addStatement(
                deleteHeader.bind(
                    read.version() + 1,
                    CassandraChangeRows.at(intent),
                    read.boardId(),
                    read.version()))
            .build());
  }

  private BatchStatementBuilder batch(Intent intent) {
    return BatchStatement.builder(BatchType.LOGGED).addStatement(rows.change(intent));
  }

  /** Whether the change of an intent is in the partition. */
  CompletionStage<Outcome> outcome(Intent intent) {
    ByteBuffer id = Keys.of(intent.id());
    return cql.one(selectChange.bind(intent.boardId(), id))
        .thenApply(row -> row.map(CassandraBoardTable::outcome).orElse(Outcome.OPEN));
  }

  /** Makes sure that a change not yet in the partition never will be. */
  CompletionStage<Outcome> abort(Intent intent) {
    return cql.cas(rows.aborted(intent))
        .thenApply(cas -> cas.applied() ? Outcome.ABORTED : outcome(cas.rows().get(0)));
  }

  private static Outcome outcome(Row row) {
    return row.getByte("change_type") == 0 ? Outcome.ABORTED : Outcome.APPLIED;
  }
}
