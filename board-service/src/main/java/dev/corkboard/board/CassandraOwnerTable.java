// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.corkboard.board.change.Intent;
import dev.corkboard.board.v1.Board;
import dev.corkboard.platform.cassandra.Cas;
import dev.corkboard.platform.cassandra.Cql;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The table {@code owner}: names taken, number and listing of an account's boards. */
final class CassandraOwnerTable {
  private static final String SELECT =
      "SELECT kind, board_count, board_id, intent, outcome, req_hash, board FROM owner"
          + " WHERE owner_id = ?"
          + " AND (kind, k1, k2) IN ((-1, 0x, 0), (1, ?, 0), (8, ?, 0), (9, ?, 0))";
  private static final String SELECT_LISTING =
      "SELECT k2 FROM owner WHERE owner_id = ? AND kind = 0 AND k1 > ? LIMIT ?";
  private static final String SELECT_COUNT =
      "SELECT kind, board_count FROM owner"
          + " WHERE owner_id = ? AND kind = -1 AND k1 = 0x AND k2 = 0";
  private static final String OPEN =
      "INSERT INTO owner (owner_id, kind, k1, k2, board_count) VALUES (?, -1, 0x, 0, 0)"
          + " IF NOT EXISTS";
  private static final String COUNT_UP =
      "UPDATE owner SET board_count += 1 WHERE owner_id = ? IF board_count < ?";
  private static final String COUNT_DOWN =
      "UPDATE owner SET board_count += -1 WHERE owner_id = ? IF board_count > 0";
  private static final String INSERT_LISTING =
      "INSERT INTO owner (owner_id, kind, k1, k2, board_id) VALUES (?, 0, ?, ?, ?)";
  private static final String DELETE_LISTING =
      "DELETE FROM owner WHERE owner_id = ? AND kind = 0 AND k1 = ? AND k2 = ? IF EXISTS";
  private static final String INSERT_SLUG =
      "INSERT INTO owner (owner_id, kind, k1, k2, board_id, intent) VALUES (?, 1, ?, 0, ?, ?)"
          + " IF NOT EXISTS";
  private static final String DELETE_SLUG =
      "DELETE FROM owner WHERE owner_id = ? AND kind = 1 AND k1 = ? AND k2 = 0 IF intent = ?";
  private static final String INSERT_STEP =
      "INSERT INTO owner (owner_id, kind, k1, k2, outcome) VALUES (?, 8, ?, 0, ?)"
          + " IF NOT EXISTS USING TTL "
          + CassandraHeaders.CHANGE_SECONDS;
  private static final String INSERT_REQUEST =
      "INSERT INTO owner (owner_id, kind, k1, k2, board_id, intent, req_hash, board)"
          + " VALUES (?, 9, ?, 0, ?, ?, ?, ?) IF NOT EXISTS USING TTL "
          + RequestKey.SECONDS;

  private static final byte RESERVED = 1;
  private static final byte ABORTED = 2;

  private final Cql cql;
  private final PreparedStatement select;
  private final PreparedStatement selectListing;
  private final PreparedStatement selectCount;
  private final PreparedStatement open;
  private final PreparedStatement countUp;
  private final PreparedStatement countDown;
  private final PreparedStatement insertListing;
  private final PreparedStatement deleteListing;
  private final PreparedStatement insertSlug;
  private final PreparedStatement deleteSlug;
  private final PreparedStatement insertStep;
  private final PreparedStatement insertRequest;

  /** A create as its request row remembers it. */
  record Created(long boardId, UUID intent, ByteString digest, Board board) {}

  /**
   * What decides about a new name.
   *
   * @param boardCount empty when the account never had a board
   * @param slugHolder the board that has the name
   * @param created what the same request created before
   */
  record View(OptionalInt boardCount, Optional<Long> slugHolder, Optional<Created> created) {}

  CassandraOwnerTable(Cql cql) {
    this.cql = cql;
    select = cql.prepare(SELECT, true);
    selectListing = cql.prepare(SELECT_LISTING, true);
    selectCount = cql.prepare(SELECT_COUNT, true);
    open = cql.prepare(OPEN, false);
    countUp = cql.prepare(COUNT_UP, false);
    countDown = cql.prepare(COUNT_DOWN, false);
    insertListing = cql.prepare(INSERT_LISTING, false);
    deleteListing = cql.prepare(DELETE_LISTING, false);
    insertSlug = cql.prepare(INSERT_SLUG, false);
    deleteSlug = cql.prepare(DELETE_SLUG, false);
    insertStep = cql.prepare(INSERT_STEP, false);
    insertRequest = cql.prepare(INSERT_REQUEST, false);
  }

  CompletionStage<View> view(long ownerId, String slug, RequestKey request) {
    return cql.all(select.bind(ownerId, Keys.of(slug), Keys.none(), Keys.of(request.id())))
        .thenApply(CassandraOwnerTable::view);
  }

  private static View view(List<Row> rows) {
    OptionalInt count = OptionalInt.empty();
    Optional<Long> holder = Optional.empty();
    Optional<Created> created = Optional.empty();
    for (Row row : rows) {
      switch (row.getByte("kind")) {
        case -1 -> count = OptionalInt.of(row.getInt("board_count"));
        case 1 -> holder = Optional.of(row.getLong("board_id"));
        case 9 -> created = Optional.of(created(row));
        default -> {}
      }
    }
    return new View(count, holder, created);
  }

  private static Created created(Row row) {
    try {
      return new Created(
          row.getLong("board_id"),
          row.getUuid("intent"),
          ByteString.copyFrom(row.getByteBuffer("req_hash")),
          Board.parseFrom(row.getByteBuffer("board")));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a request row holds a damaged board", e);
    }
  }

  /** Boards older than one, newest first. */
  CompletionStage<List<Long>> listed(long accountId, long before, int limit) {
    return cql.all(selectListing.bind(accountId, Keys.newestFirst(before), limit))
        .thenApply(rows -> rows.stream().map(row -> row.getLong("k2")).toList());
  }

  CompletionStage<Integer> count(long ownerId) {
    return cql.one(selectCount.bind(ownerId))
        .thenApply(row -> row.map(r -> r.getInt("board_count")).orElse(0));
  }

  /** Makes the row that the count needs; repeating it is no harm. */
  CompletionStage<Cas> open(long ownerId) {
    return cql.cas(open.bind(ownerId));
  }

  /** The deciding step of a creation: name, listing, count and request together. */
  CompletionStage<Cas> claim(Intent intent, RequestKey request, int maxBoards) {
    long owner = intent.ownerId();
    BatchStatementBuilder batch =
        reservation(intent)
            .addStatement(countUp.bind(owner, maxBoards))
            .addStatement(
                insertListing.bind(
                    owner, Keys.newestFirst(intent.boardId()), intent.boardId(), intent.boardId()));
    request
        .id()
        .ifPresent(
            id ->
                batch.addStatement(
                    insertRequest.bind(
                        owner,
                        Keys.of(id),
                        intent.boardId(),
                        intent.id(),
                        request.digest().asReadOnlyByteBuffer(),
                        ByteBuffer.wrap(intent.board().toByteArray()))));
    return cql.cas(batch.build());
  }

  /** Reserves the new name of a board, before its header takes it. */
  CompletionStage<Cas> reserve(Intent intent) {
    return cql.cas(reservation(intent).build());
  }

  private BatchStatementBuilder reservation(Intent intent) {
    long owner = intent.ownerId();
    return BatchStatement.builder(BatchType.LOGGED)
        .addStatement(
            insertSlug.bind(owner, Keys.of(intent.newSlug()), intent.boardId(), intent.id()))
        .addStatement(insertStep.bind(owner, Keys.of(intent.id()), RESERVED));
  }

  /** Makes sure that a reservation not made never will be; tells whether it was made. */
  CompletionStage<Boolean> isReserved(Intent intent) {
    return cql.cas(insertStep.bind(intent.ownerId(), Keys.of(intent.id()), ABORTED))
        .thenApply(cas -> !cas.applied() && cas.rows().get(0).getByte("outcome") == RESERVED);
  }

  /** Frees a name if that intent reserved it; repeating it is no harm. */
  CompletionStage<Cas> free(long ownerId, String slug, UUID reservedBy) {
    return cql.cas(deleteSlug.bind(ownerId, Keys.of(slug), reservedBy));
  }

  /** Takes a deleted board off the listing and the count; repeating it is no harm. */
  CompletionStage<Cas> unlist(long ownerId, long boardId) {
    return cql.cas(
        BatchStatement.builder(BatchType.LOGGED)
            .addStatement(deleteListing.bind(ownerId, Keys.newestFirst(boardId), boardId))
            .addStatement(countDown.bind(ownerId))
            .build());
  }
}
