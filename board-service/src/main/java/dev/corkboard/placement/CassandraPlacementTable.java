// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import dev.corkboard.board.BareStretches;
import dev.corkboard.board.BareStretches.Stretch;
import dev.corkboard.board.CassandraHeaders;
import dev.corkboard.board.Header;
import dev.corkboard.board.Keys;
import dev.corkboard.board.Role;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.placement.PlacementFacts.Seen;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Times;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private static final String SELECT_PART =
      "SELECT board_id, cur_epoch, k1, k2, section_id, cover, actor_id, at FROM board"
          + " WHERE board_id = ? AND kind = 0 AND epoch = ? AND (k1, k2) > (?, ?)"
          + " AND (k1, k2) <= (?, ?) LIMIT ?";
  private static final String SELECT_BEFORE =
      "SELECT k1 FROM board WHERE board_id = ? AND kind = 0 AND epoch = ?"
          + " AND (k1, k2) > (?, ?) AND (k1, k2) < (?, ?)"
          + " ORDER BY kind DESC, epoch DESC, k1 DESC, k2 DESC LIMIT 1";

  private static final String SELECT_SECTION_PAGE =
      "SELECT board_id, cur_epoch, k1, k2, section_id, cover, actor_id, at FROM board"
          + " WHERE board_id = ? AND kind = 3 AND epoch = ? AND (k1, k2) > (?, ?)"
          + " AND (k1) < (?) LIMIT ?";
  private static final String SELECT_SECTIONS =
      "SELECT section_id FROM board"
          + " WHERE board_id = ? AND kind = 2 AND epoch = 0 AND k1 IN ? AND k2 = 0";

  private final Cql cql;
  private final PreparedStatement selectSnapshot;
  private final PreparedStatement selectHeader;
  private final PreparedStatement selectPage;
  private final PreparedStatement selectPart;
  private final PreparedStatement selectBefore;
  private final PreparedStatement selectSectionPage;
  private final PreparedStatement selectSections;

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
    selectPart = cql.prepare(SELECT_PART, true);
    selectBefore = cql.prepare(SELECT_BEFORE, true);
    selectSectionPage = cql.prepare(SELECT_SECTION_PAGE, true);
    selectSections = cql.prepare(SELECT_SECTIONS, true);
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

  static Placement placement(Row row, long pinId) {
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

  /**
   * Order rows of the board's generation, stepping over its bare stretches; each tells which
   * generation was current when it was read.
   */
  CompletionStage<List<Ordered>> ordered(Header board, Position after, int limit) {
    return ordered(board, after, limit, List.of());
  }

  private CompletionStage<List<Ordered>> ordered(
      Header board, Position after, int limit, List<Ordered> before) {
    Optional<Stretch> bare = board.bare().endingAfter(after.orderKey());
    if (bare.isEmpty()) return rows(selectPage.bind(from(board, after, limit)), before);
    ByteString edge = bare.get().from();
    Position beyond = new Position(bare.get().to(), -1);
    if (edge.isEmpty() || BareStretches.isBefore(edge, after.orderKey())) {
      return ordered(board, beyond, limit, before);
    }
    return rows(
            selectPart.bind(
                board.boardId(),
                board.epoch(),
                after.orderKey().asReadOnlyByteBuffer(),
                after.pinId(),
                edge.asReadOnlyByteBuffer(),
                Long.MAX_VALUE,
                limit),
            List.of())
        .thenCompose(
            part -> {
              List<Ordered> all = Stream.concat(before.stream(), part.stream()).toList();
              return part.size() == limit
                  ? CompletableFuture.completedStage(all)
                  : ordered(board, beyond, limit - part.size(), all);
            });
  }

  private static Object[] from(Header board, Position after, int limit) {
    return new Object[] {
      board.boardId(), board.epoch(), after.orderKey().asReadOnlyByteBuffer(), after.pinId(), limit
    };
  }

  private CompletionStage<List<Ordered>> rows(BoundStatement select, List<Ordered> before) {
    return cql.all(select)
        .thenApply(
            rows ->
                Stream.concat(before.stream(), rows.stream().map(row -> ordered(row))).toList());
  }

  /** Order rows of a section, in the board's generation. */
  CompletionStage<List<Ordered>> ordered(Header board, long section, Position after, int limit) {
    return cql.all(
            selectSectionPage.bind(
                board.boardId(),
                board.epoch(),
                Keys.within(section, after.orderKey().asReadOnlyByteBuffer()),
                after.pinId(),
                Keys.of(section + 1),
                limit))
        .thenApply(
            rows ->
                rows.stream()
                    .map(row -> ordered(row, Keys.inner(row.getByteBuffer("k1"))))
                    .toList());
  }

  /** Those of the sections that the board has. */
  CompletionStage<Set<Long>> sections(long boardId, Collection<Long> sections) {
    if (sections.isEmpty()) return CompletableFuture.completedStage(Set.of());
    List<ByteBuffer> keys = sections.stream().map(Keys::of).toList();
    return cql.all(selectSections.bind(boardId, keys))
        .thenApply(
            rows ->
                rows.stream().map(row -> row.getLong("section_id")).collect(Collectors.toSet()));
  }

  private static Ordered ordered(Row row) {
    return ordered(row, row.getByteBuffer("k1"));
  }

  private static Ordered ordered(Row row, ByteBuffer orderKey) {
    return new Ordered(
        placement(row, row.getLong("k2")), orderKey, row.getLong("k2"), row.getInt("cur_epoch"));
  }

  /** The order key of the last row before a key; empty when there is none. */
  CompletionStage<ByteString> keyBefore(Header board, ByteString key) {
    return keyBefore(board, key, -1);
  }

  private CompletionStage<ByteString> keyBefore(Header board, ByteString key, long pinId) {
    Optional<Stretch> bare = board.bare().beginningBefore(key);
    ByteString edge = bare.map(Stretch::to).orElse(ByteString.EMPTY);
    return cql.one(
            selectBefore.bind(
                board.boardId(),
                board.epoch(),
                edge.asReadOnlyByteBuffer(),
                -1L,
                key.asReadOnlyByteBuffer(),
                pinId))
        .thenCompose(
            row -> {
              if (row.isPresent()) {
                return CompletableFuture.completedStage(
                    ByteString.copyFrom(row.get().getByteBuffer("k1")));
              }
              return bare.isEmpty() || bare.get().from().isEmpty()
                  ? CompletableFuture.completedStage(ByteString.EMPTY)
                  : keyBefore(board, bare.get().from(), Long.MAX_VALUE);
            });
  }
}
