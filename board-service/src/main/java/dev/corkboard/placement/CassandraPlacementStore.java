// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.google.protobuf.ByteString;
import dev.corkboard.board.BoardAccess;
import dev.corkboard.board.CassandraSettler;
import dev.corkboard.board.Header;
import dev.corkboard.board.change.CassandraChangeRows;
import dev.corkboard.board.change.CassandraIntents;
import dev.corkboard.board.change.Commits;
import dev.corkboard.board.change.Intent;
import dev.corkboard.board.v1.Change;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.placement.CassandraPlacementTable.Ordered;
import dev.corkboard.placement.CassandraPlacementTable.Snapshot;
import dev.corkboard.placement.PlacementPage.Placed;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.platform.cassandra.Attempts;
import dev.corkboard.platform.cassandra.Cas;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.section.SectionRules;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Placements in Cassandra: one read to decide, an intent, one conditional batch. A refused batch is
 * settled, so that it never comes late, and decided anew.
 */
public final class CassandraPlacementStore implements PlacementStore {
  private final CassandraPlacementTable table;
  private final CassandraMemberships memberships;
  private final CassandraPlacementBatches batches;
  private final CassandraPurge purge;
  private final CassandraEpochRebuild rebuild;
  private final CassandraBareGround bareGround;
  private final Commits commits;

  /** One of the batches. */
  private interface Batch {
    CompletionStage<Cas> run(PlacementWrite write, Snapshot read, Intent intent);
  }

  public CassandraPlacementStore(
      Cql cql, CassandraIntents intents, CassandraSettler settler, CassandraEpochRebuild rebuild) {
    this(cql, intents, settler, rebuild, CassandraBareGround.nowAndThen(cql));
  }

  CassandraPlacementStore(
      Cql cql,
      CassandraIntents intents,
      CassandraSettler settler,
      CassandraEpochRebuild rebuild,
      CassandraBareGround bareGround) {
    this.table = new CassandraPlacementTable(cql);
    this.memberships = new CassandraMemberships(cql);
    this.batches = new CassandraPlacementBatches(cql);
    this.purge = new CassandraPurge(cql);
    this.rebuild = rebuild;
    this.bareGround = bareGround;
    this.commits = new Commits(intents, settler);
  }

  @Override
  public CompletionStage<Placement> place(PlacementWrite write) {
    return Attempts.until(
        () ->
            table
                .snapshot(write)
                .thenCompose(
                    read -> {
                      Optional<Placement> known = PlacementRules.place(write, read.facts());
                      if (known.isPresent()) return CompletableFuture.completedStage(known);
                      return commit(write, read, Change.Type.TYPE_PIN_PLACED, batches::place);
                    }));
  }

  @Override
  public CompletionStage<Placement> update(PlacementWrite write) {
    return Attempts.until(
        () ->
            table
                .snapshot(write)
                .thenCompose(
                    read -> {
                      Optional<Placement> known = PlacementRules.update(write, read.facts());
                      if (known.isPresent()) return CompletableFuture.completedStage(known);
                      Placement moved =
                          PlacementRules.moved(write, read.facts().standing().orElseThrow());
                      return commit(
                              write, read, Change.Type.TYPE_PLACEMENT_UPDATED, batches::update)
                          .thenApply(done -> done.map(any -> moved));
                    }));
  }

  @Override
  public CompletionStage<Void> remove(PlacementWrite write) {
    return Attempts.until(
            () ->
                table
                    .snapshot(write)
                    .thenCompose(
                        read -> {
                          if (!PlacementRules.remove(write, read.facts())) {
                            return CompletableFuture.completedStage(
                                Optional.of(Placement.getDefaultInstance()));
                          }
                          return commit(write, read, Change.Type.TYPE_PIN_REMOVED, batches::remove)
                              .thenApply(
                                  ended -> {
                                    if (ended.isPresent()) lookAround(write, read);
                                    return ended;
                                  });
                        }))
        .thenAccept(done -> {});
  }

  private void lookAround(PlacementWrite write, Snapshot read) {
    bareGround.offer(write.boardId(), ByteString.copyFrom(read.orderKey().orElseThrow()));
  }

  /** Empty when another writer won and the write is to be decided anew. */
  private CompletionStage<Optional<Placement>> commit(
      PlacementWrite write, Snapshot read, Change.Type type, Batch batch) {
    Header board = read.header().orElseThrow();
    return commits
        .commit(
            type, board, write.pinId(), write.actorId(), intent -> batch.run(write, read, intent))
        .thenApply(
            committed ->
                committed.map(
                    intent -> {
                      rebuild.offer(board);
                      return PlacementRules.placement(write, CassandraChangeRows.at(intent));
                    }));
  }

  @Override
  public CompletionStage<PlacementPage> page(long boardId, Position after, int limit) {
    return page(boardId, limit, board -> table.ordered(board, after, limit + 1));
  }

  @Override
  public CompletionStage<PlacementPage> page(
      long boardId, long sectionId, Position after, int limit) {
    return page(
        boardId,
        limit,
        board ->
            table
                .sections(boardId, List.of(sectionId))
                .thenCompose(
                    there -> {
                      if (there.isEmpty()) throw SectionRules.notFound(Long.toString(sectionId));
                      return table.ordered(board, sectionId, after, limit + 1);
                    }));
  }

  private CompletionStage<PlacementPage> page(
      long boardId, int limit, Function<Header, CompletionStage<List<Ordered>>> reader) {
    return Attempts.until(
            () ->
                table
                    .header(boardId)
                    .thenCompose(
                        header -> {
                          Header board =
                              header
                                  .filter(Header::isLive)
                                  .orElseThrow(() -> BoardAccess.notFound(Long.toString(boardId)));
                          rebuild.offer(board);
                          return current(board, reader);
                        }))
        .thenCompose(rows -> withoutDeadSections(boardId, page(rows, limit)));
  }

  /** Empty when a rebuild flipped the generation meanwhile; order keys stay, so do positions. */
  private CompletionStage<Optional<List<Ordered>>> current(
      Header board, Function<Header, CompletionStage<List<Ordered>>> reader) {
    return reader
        .apply(board)
        .thenCompose(
            rows ->
                isCurrent(board, rows)
                    .thenApply(current -> current ? Optional.of(rows) : Optional.empty()));
  }

  /** What stood in a section that was deleted stands in none. */
  private CompletionStage<PlacementPage> withoutDeadSections(long boardId, PlacementPage page) {
    Set<Long> named =
        page.placed().stream()
            .map(placed -> CassandraOrderRows.section(placed.placement()))
            .filter(section -> section != 0)
            .collect(Collectors.toSet());
    return table
        .sections(boardId, named)
        .thenApply(
            there ->
                new PlacementPage(
                    page.placed().stream().map(placed -> withLiveSection(placed, there)).toList(),
                    page.more()));
  }

  private static Placed withLiveSection(Placed placed, Set<Long> there) {
    Placement placement = placed.placement();
    return placement.getSectionId().isEmpty()
            || there.contains(CassandraOrderRows.section(placement))
        ? placed
        : new Placed(placement.toBuilder().clearSectionId().build(), placed.position());
  }

  private CompletionStage<Boolean> isCurrent(Header board, List<Ordered> rows) {
    if (!rows.isEmpty()) {
      return CompletableFuture.completedStage(
          rows.stream().allMatch(row -> row.boardEpoch() == board.epoch()));
    }
    return table
        .header(board.boardId())
        .thenApply(again -> again.filter(h -> h.epoch() == board.epoch()).isPresent());
  }

  private static PlacementPage page(List<Ordered> rows, int limit) {
    boolean more = rows.size() > limit;
    List<Ordered> shown = more ? rows.subList(0, limit) : rows;
    return new PlacementPage(
        shown.stream().map(row -> new Placed(row.placement(), row.position())).toList(), more);
  }

  @Override
  public CompletionStage<List<Placement>> scan(
      long boardId, long afterPin, int limit, boolean deletedOnly) {
    return table
        .header(boardId)
        .thenCompose(
            header -> {
              Header board = header.orElseThrow(() -> BoardAccess.notFound(Long.toString(boardId)));
              if (deletedOnly) CassandraPurge.requireDeleted(board);
              return memberships.after(boardId, afterPin, limit);
            });
  }

  @Override
  public CompletionStage<Void> purge(long boardId) {
    return table.header(boardId).thenCompose(header -> purge.run(boardId, header));
  }
}
