// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.corkboard.board.Header;
import dev.corkboard.board.Keys;
import dev.corkboard.placement.CassandraPlacementTable.Ordered;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.trace.Trail;
import dev.corkboard.platform.trace.Trails;
import io.grpc.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rids a board's order of tombstones: copies the rows into the next generation while writers write
 * both, then flips, and drops the old generation by one range delete, in one conditional batch.
 *
 * <p>Two rebuilds of one board are no harm: a row is copied only if it still stands as it was read,
 * and only as long as the generations are what both copy between. So one that stands still is
 * simply run again from its start, by whoever finds it.
 */
public final class CassandraEpochRebuild {
  private static final Logger log = LoggerFactory.getLogger(CassandraEpochRebuild.class);

  private static final String START =
      "UPDATE board SET next_epoch = ?, rebuild_at = ? WHERE board_id = ?"
          + " IF state = 1 AND cur_epoch = ? AND next_epoch = 0";
  private static final String GO_ON =
      "UPDATE board SET rebuild_at = ? WHERE board_id = ?"
          + " IF state = 1 AND cur_epoch = ? AND next_epoch = ?";
  private static final String FLIP =
      "UPDATE board SET cur_epoch = ?, next_epoch = 0, deletions = 0 WHERE board_id = ?"
          + " IF state = 1 AND cur_epoch = ? AND next_epoch = ?";
  private static final String STILL_THERE =
      "UPDATE board SET order_key = ?"
          + " WHERE board_id = ? AND kind = 1 AND epoch = 0 AND k1 = ? AND k2 = 0"
          + " IF order_key = ? AND section_id = ? AND cover = ?";

  /** Rows a batch copies: a larger one meets more writers. */
  private static final int BATCH = 50;

  /** Without a sign of life for so long a rebuild counts as dead. */
  private static final Duration DEAD = Duration.ofSeconds(30);

  private static final int AT_ONCE = 4;

  private static final Executor PAUSE =
      CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  private final Cql cql;
  private final CassandraPlacementTable table;
  private final Clock clock;
  private final int threshold;
  private final Set<Long> running = ConcurrentHashMap.newKeySet();
  private final PreparedStatement start;
  private final PreparedStatement goOn;
  private final PreparedStatement flip;
  private final PreparedStatement stillThere;
  private final CassandraOrderRows orders;

  /**
   * Rebuilds boards with more than {@code threshold} deletions since the last rebuild, and half as
   * many as there are Pins, so that copying costs each deletion at most two rows. Until then
   * readers step over the bare stretches that deletions leave.
   */
  public CassandraEpochRebuild(Cql cql, Clock clock, int threshold) {
    this.cql = cql;
    this.table = new CassandraPlacementTable(cql);
    this.clock = clock;
    this.threshold = threshold;
    start = cql.prepare(START, false);
    goOn = cql.prepare(GO_ON, false);
    flip = cql.prepare(FLIP, false);
    stillThere = cql.prepare(STILL_THERE, false);
    orders = new CassandraOrderRows(cql);
  }

  /** Rebuilds the board in the background if it needs it and nobody is at it. */
  void offer(Header board) {
    if (!isDue(board) || running.size() >= AT_ONCE || !running.add(board.boardId())) return;
    Context caller = Context.ROOT.attach();
    Trail trail = Trails.enter(Trail.NONE);
    try {
      runOffered(board);
    } finally {
      Trails.leave(trail);
      Context.ROOT.detach(caller);
    }
  }

  /** Not within the call that noticed the need: its deadline is not ours. */
  private void runOffered(Header board) {
    run(board.boardId())
        .whenComplete(
            (done, failure) -> {
              running.remove(board.boardId());
              if (failure != null) {
                log.atWarn()
                    .addKeyValue("board_id", board.boardId())
                    .setCause(failure)
                    .log("rebuild failed; it will be taken up again");
              }
            });
  }

  private boolean isDue(Header board) {
    if (board.nextEpoch() == 0) {
      return board.deletions() >= Math.max(threshold, board.pinCount() / 2);
    }
    return board.rebuiltAt().isBefore(clock.instant().minus(DEAD));
  }

  /** Rebuilds the board, or goes on with a rebuild begun. */
  CompletionStage<Void> run(long boardId) {
    return table
        .header(boardId)
        .thenCompose(
            header -> {
              if (!header.map(Header::isLive).orElse(false)) return done();
              Header board = header.get();
              if (board.nextEpoch() != 0) return copy(board, Position.START);
              return cql.cas(start.bind(board.epoch() + 1, now(), boardId, board.epoch()))
                  .thenCompose(cas -> table.header(boardId))
                  .thenCompose(
                      begun ->
                          begun.filter(h -> h.nextEpoch() != 0).isPresent()
                              ? copy(begun.get(), Position.START)
                              : done());
            });
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedStage(null);
  }

  private Instant now() {
    return clock.instant();
  }

  private CompletionStage<Void> copy(Header board, Position after) {
    return copy(board, after, BATCH);
  }

  /**
   * After a refusal with fewer rows, since fewer writers meet them, and not at once: the writers
   * come first.
   */
  private CompletionStage<Void> copy(Header board, Position after, int limit) {
    return step(board, after, limit)
        .thenComposeAsync(
            step ->
                switch (step.end()) {
                  case NO_MORE_ROWS -> flip(board);
                  case COPIED -> copy(board, step.next(), Math.min(BATCH, 2 * limit));
                  case CHANGED ->
                      CompletableFuture.supplyAsync(() -> Math.max(1, limit / 2), PAUSE)
                          .thenCompose(fewer -> copy(board, after, fewer));
                  case OVERTAKEN -> done();
                });
  }

  /** How a batch of copies ended. */
  private enum End {
    NO_MORE_ROWS,
    COPIED,
    /** A row is not as it was read, and both are to be made again. */
    CHANGED,
    /** Another rebuild has flipped, or the board is deleted. */
    OVERTAKEN
  }

  private record Step(End end, Position next) {}

  private CompletionStage<Step> step(Header board, Position after, int limit) {
    return table
        .ordered(board, after, limit)
        .thenCompose(
            rows -> {
              if (rows.isEmpty()) {
                return CompletableFuture.completedStage(new Step(End.NO_MORE_ROWS, after));
              }
              Position last = rows.get(rows.size() - 1).position();
              return copy(board, rows)
                  .thenApply(
                      refusedBy -> {
                        if (refusedBy.isEmpty()) return new Step(End.COPIED, last);
                        boolean same = isSame(board, refusedBy.get());
                        return new Step(same ? End.CHANGED : End.OVERTAKEN, after);
                      });
            });
  }

  private static boolean isSame(Header begun, Header now) {
    return now.isLive() && now.epoch() == begun.epoch() && now.nextEpoch() == begun.nextEpoch();
  }

  /** The header as it stands when the batch was refused, empty when it was applied. */
  private CompletionStage<Optional<Header>> copy(Header board, List<Ordered> rows) {
    BatchStatementBuilder batch =
        BatchStatement.builder(BatchType.LOGGED)
            .addStatement(goOn.bind(now(), board.boardId(), board.epoch(), board.nextEpoch()));
    for (Ordered row : rows) {
      batch.addStatement(
          stillThere.bind(
              row.orderKey(),
              board.boardId(),
              Keys.of(row.pinId()),
              row.orderKey(),
              CassandraOrderRows.section(row.placement()),
              row.placement().getCoverAssetKey()));
      orders.insert(batch, board.nextEpoch(), row.orderKey(), row.placement());
    }
    return cql.cas(batch.build())
        .thenCompose(
            cas ->
                cas.applied()
                    ? CompletableFuture.completedStage(Optional.empty())
                    : table.header(board.boardId()));
  }

  private CompletionStage<Void> flip(Header board) {
    BatchStatementBuilder batch =
        BatchStatement.builder(BatchType.LOGGED)
            .addStatement(
                flip.bind(board.nextEpoch(), board.boardId(), board.epoch(), board.nextEpoch()));
    orders.deleteGeneration(batch, board.boardId(), board.epoch());
    return cql.cas(batch.build()).thenAccept(done -> {});
  }
}
