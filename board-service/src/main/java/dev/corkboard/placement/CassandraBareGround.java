// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.google.protobuf.ByteString;
import dev.corkboard.board.BareStretches;
import dev.corkboard.board.BareStretches.Stretch;
import dev.corkboard.board.Header;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.trace.Trail;
import dev.corkboard.platform.trace.Trails;
import io.grpc.Context;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes where deletions left stretches of a board's order without rows.
 *
 * <p>A stretch is claimed, looked at again, and only then noted. Whoever puts a row into a claimed
 * or noted stretch takes the claim or the stretch back in the same batch, so a row put in before
 * the claim is seen by the second look, and one put in after it makes the note be refused.
 */
final class CassandraBareGround {
  private static final Logger log = LoggerFactory.getLogger(CassandraBareGround.class);

  private static final String AS_READ =
      " WHERE board_id = ? IF state = 1 AND cur_epoch = ? AND bare = ? AND bare_next = ?";
  private static final String CLAIM = "UPDATE board SET bare_next = ?" + AS_READ;
  private static final String NOTE = "UPDATE board SET bare = ?, bare_next = null" + AS_READ;

  /** One deletion in so many looks around: a read walks past some multiple of it at most. */
  private static final int LOOK_EVERY = 128;

  private final Cql cql;
  private final BooleanSupplier dueNow;
  private final CassandraPlacementTable table;
  private final Set<Long> looking = ConcurrentHashMap.newKeySet();
  private final PreparedStatement claim;
  private final PreparedStatement note;

  /** Looks where {@code dueNow} says so when a deletion is offered. */
  CassandraBareGround(Cql cql, BooleanSupplier dueNow) {
    this.cql = cql;
    this.dueNow = dueNow;
    this.table = new CassandraPlacementTable(cql);
    claim = cql.prepare(CLAIM, false);
    note = cql.prepare(NOTE, false);
  }

  static CassandraBareGround nowAndThen(Cql cql) {
    return new CassandraBareGround(cql, () -> ThreadLocalRandom.current().nextInt(LOOK_EVERY) == 0);
  }

  /** Looks around in the background, when it is due. */
  void offer(long boardId, ByteString deleted) {
    if (!dueNow.getAsBoolean() || !looking.add(boardId)) return;
    Context caller = Context.ROOT.attach();
    Trail trail = Trails.enter(Trail.NONE);
    try {
      lookAround(boardId, deleted)
          .whenComplete(
              (done, failure) -> {
                looking.remove(boardId);
                if (failure != null) {
                  log.atWarn()
                      .addKeyValue("board_id", boardId)
                      .setCause(failure)
                      .log("bare stretch not noted; a later deletion looks again");
                }
              });
    } finally {
      Trails.leave(trail);
      Context.ROOT.detach(caller);
    }
  }

  /** Notes the stretch around a deleted row, unless it is known or somebody writes into it. */
  CompletionStage<Void> lookAround(long boardId, ByteString deleted) {
    return table
        .header(boardId)
        .thenCompose(
            header -> {
              if (!header.map(Header::isLive).orElse(false)) return done();
              Header board = header.get();
              return table
                  .keyBefore(board, deleted)
                  .thenCombine(keyAfter(board, deleted), (from, to) -> new Stretch(from, to, 1))
                  .thenCompose(found -> board.bare().cover(found) ? done() : claim(board, found));
            });
  }

  private CompletionStage<ByteString> keyAfter(Header board, ByteString key) {
    return table
        .ordered(board, new Position(key, Long.MAX_VALUE), 1)
        .thenApply(rows -> rows.isEmpty() ? BareStretches.END : key(rows));
  }

  private static ByteString key(List<CassandraPlacementTable.Ordered> rows) {
    return rows.get(0).position().orderKey();
  }

  private CompletionStage<Void> claim(Header board, Stretch found) {
    BareStretches claimed = BareStretches.NONE.with(found);
    return cql.cas(
            claim.bind(
                claimed.stored(),
                board.boardId(),
                board.epoch(),
                board.bare().stored(),
                board.bareNext().stored()))
        .thenCompose(cas -> cas.applied() ? keyAfter(board, found.from()) : stays(found.from()))
        .thenCompose(
            next ->
                BareStretches.isBefore(next, found.to())
                    ? done()
                    : note(board, claimed, board.bare().with(found)));
  }

  private static CompletionStage<ByteString> stays(ByteString key) {
    return CompletableFuture.completedStage(key);
  }

  private CompletionStage<Void> note(Header board, BareStretches claimed, BareStretches noted) {
    return cql.cas(
            note.bind(
                noted.stored(),
                board.boardId(),
                board.epoch(),
                board.bare().stored(),
                claimed.stored()))
        .thenAccept(cas -> {});
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedStage(null);
  }
}
