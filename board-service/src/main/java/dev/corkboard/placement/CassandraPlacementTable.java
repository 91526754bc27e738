// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import dev.corkboard.board.CassandraHeaders;
import dev.corkboard.board.Header;
import dev.corkboard.board.Keys;
import dev.corkboard.board.Role;
import dev.corkboard.board.Times;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.placement.PlacementFacts.Seen;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reads the order and membership rows of the table {@code board}. */
final class CassandraPlacementTable {
  private static final String SELECT_SNAPSHOT =
      "SELECT "
          + CassandraHeaders.COLUMNS
          + ", k1, order_key, section_id, cover, actor_id, role, req_hash, at FROM board"
          + " WHERE board_id = ? AND (kind, epoch, k1, k2) IN"
          + " ((-1, 0, 0x, 0), (1, 0, ?, 0), (2, 0, ?, 0), (4, 0, ?, 0), (9, 0, ?, 0))";
  private static final String SELECT_HEADER =
      "SELECT "
          + CassandraHeaders.COLUMNS
          + " FROM board WHERE board_id = ? AND kind = -1 AND epoch = 0 AND k1 = 0x AND k2 = 0";
  private static final String SELECT_PAGE =
      "SELECT board_id, cur_epoch, k1, k2, section_id, cover, actor_id, at FROM board"
          + " WHERE board_id = ? AND kind = 0 AND epoch = ? AND (k1, k2) > (?, ?) LIMIT ?";
  private static final String SELECT_MEMBERSHIPS =
      "SELECT board_id, k1, section_id, cover, actor_id, at FROM board"
          + " WHERE board_id = ? AND kind = 1 AND epoch = 0 AND k1 > ? LIMIT ?";

  private final Cql cql;
  private final PreparedStatement selectSnapshot;
  private final PreparedStatement selectHeader;
  private final PreparedStatement selectPage;
  private final PreparedStatement selectMemberships;

  /**
   * Everything a write looks at, as one read found it.
   *
   * @param orderKey of the Pin, when it stands on the board
   * @param member the actor's member row
   */
  record Snapshot(
      Optional<Header> header, Role member, Optional<ByteBuffer> orderKey, PlacementFacts facts) {}

  /** An order row. */
  record Ordered(Placement placement, ByteBuffer orderKey, long pinId, int boardEpoch) {
    Position position() {
      return new Position(ByteString.copyFrom(orderKey.duplicate()), pinId);
    }
  }

  CassandraPlacementTable(Cql cql) {
    this.cql = cql;
    selectSnapshot = cql.prepare(SELECT_SNAPSHOT, true);
    selectHeader = cql.prepare(SELECT_HEADER, true);
    selectPage = cql.prepare(SELECT_PAGE, true);
    selectMemberships = cql.prepare(SELECT_MEMBERSHIPS, true);
  }

  /**
   * What a write is decided on. Serial, because some decisions end without a conditional write that
   * would finish an earlier one of unknown outcome.
   */
  CompletionStage<Snapshot> snapshot(PlacementWrite write) {
    return cql.all(
            selectSnapshot
                .bind(
                    write.boardId(),
                    Keys.of(write.pinId()),
                    Keys.of(write.sectionId()),
                    Keys.of(write.actorId()),
                    Keys.of(write.request().id()))
                .setExecutionProfileName(Cassandra.SERIAL))
        .thenApply(rows -> snapshot(write, rows));
  }

  private static Snapshot snapshot(PlacementWrite write, List<Row> rows) {
    Optional<Header> header = row(rows, -1).map(CassandraHeaders::read);
    if (header.isEmpty()) {
      return new Snapshot(header, Role.NONE, Optional.empty(), PlacementFacts.noBoard());
    }
    Role member = row(rows, 4).map(r -> Role.ofMember(r.getByte("role"))).orElse(Role.NONE);
    Header board = header.get();
    PlacementFacts facts =
        new PlacementFacts(
            board.isLive(),
            board.privacy(),
            board.role(write.actorId(), member),
            board.pinCount(),
            row(rows, 2).isPresent(),
            row(rows, 1).map(r -> placement(r, write.pinId())),
            row(rows, 9)
                .map(
                    r ->
                        new Seen(
                            ByteString.copyFrom(r.getByteBuffer("req_hash")), r.getInstant("at"))));
    return new Snapshot(header, member, row(rows, 1).map(r -> r.getByteBuffer("order_key")), facts);
  }

  private static Optional<Row> row(List<Row> rows, int kind) {
    return rows.stream().filter(row -> row.getByte("kind") == kind).findFirst();
  }

  private static Placement placement(Row row, long pinId) {
    long section = row.getLong("section_id");
    return Placement.newBuilder()
        .setBoardId(Long.toString(row.getLong("board_id")))
        .setPinId(Long.toString(pinId))
        .setSectionId(section == 0 ? "" : Long.toString(section))
        .setCoverAssetKey(row.getString("cover"))
        .setActorId(Long.toString(row.getLong("actor_id")))
        .setPlaceTime(Times.toProto(row.getInstant("at")))
        .build();
  }

  CompletionStage<Optional<Header>> header(long boardId) {
    return cql.one(selectHeader.bind(boardId)).thenApply(row -> row.map(CassandraHeaders::read));
  }

  /** Order rows of a generation; each tells which generation was current when it was read. */
  CompletionStage<List<Ordered>> ordered(long boardId, int epoch, Position after, int limit) {
    return cql.all(
            selectPage.bind(
                boardId, epoch, after.orderKey().asReadOnlyByteBuffer(), after.pinId(), limit))
        .thenApply(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Ordered(
                                placement(row, row.getLong("k2")),
                                row.getByteBuffer("k1"),
                                row.getLong("k2"),
                                row.getInt("cur_epoch")))
                    .toList());
  }

  CompletionStage<List<Placement>> memberships(long boardId, long afterPin, int limit) {
    return cql.all(selectMemberships.bind(boardId, Keys.of(afterPin), limit))
        .thenApply(
            rows -> rows.stream().map(r -> placement(r, r.getByteBuffer("k1").getLong())).toList());
  }
}
