// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.caller;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.Role;
import dev.corkboard.board.change.Intent;
import dev.corkboard.board.change.Outcome;
import dev.corkboard.board.v1.Board;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.placement.CassandraPlacementTable.Snapshot;
import dev.corkboard.platform.cassandra.Cas;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.testing.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ConcurrentWritersIT {
  private static final Logger log = LoggerFactory.getLogger(ConcurrentWritersIT.class);
  private static final int WRITERS = 16;
  private static final int PINS_EACH = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BACK_OFF = Duration.ofMillis(20);

  private final CassandraRig rig = CassandraRig.on("board_store");
  private final AtomicInteger injected = new AtomicInteger();
  private final Faults timeOuts = Faults.timeOuts(7, 5);
  private final CassandraRig faulty =
      rig.through(
          (statement, real) ->
              timeOuts
                  .run(statement, real)
                  .whenComplete(
                      (done, failure) -> {
                        if (failure != null) injected.incrementAndGet();
                      }));
  private final PlacementStore placements = PlacementRig.on(faulty).store();

  private final CassandraPlacementTable table = new CassandraPlacementTable(rig.cql());
  private final CassandraPlacementBatches batches = new CassandraPlacementBatches(rig.cql());
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();

  @Test
  void writersOnOneBoardWithTimeOutsDoubleNothingAndTearNothing() throws Exception {
    long owner = newId();
    Board board = await(rig.boards().create(board(owner, "Busy"), noRequest()));
    Set<Long> kept = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    List<Future<?>> running = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      running.add(threads.submit(() -> write(caller(owner), board, kept)));
    }
    for (Future<?> one : running) one.get(300, TimeUnit.SECONDS);
    threads.shutdown();

    BoardAudit audit = BoardAudit.of(rig, id(board));
    int doubled = audit.pinCount() - kept.size();
    log.info(
        "{} writers on one board, {} time-outs: applied {}, refused {}, delivered again {},"
            + " doubled {}, torn {}",
        WRITERS,
        injected,
        answered,
        refused,
        repeated,
        doubled,
        audit.isWhole() ? 0 : audit);
    assertThat(answered).hasValue(WRITERS * PINS_EACH * 3 / 2);
    assertThat(refused).hasValue(WRITERS);
    assertThat(injected.get()).isGreaterThan(50);
    assertThat(doubled).isZero();
    assertThat(audit.isWhole()).as(audit.toString()).isTrue();
    assertThat(audit.pins()).isEqualTo(kept);
  }

  /** Places, takes every second Pin off again, and is refused once for a stranger. */
  private void write(Caller owner, Board board, Set<Long> kept) {
    for (int i = 0; i < PINS_EACH; i++) {
      long pin = newId();
      deliver(() -> await(placements.place(Writes.place(owner, board, pin, "", uuid(pin)))));
      if (i % 2 == 0) {
        kept.add(pin);
      } else {
        PlacementWrite removal = Writes.remove(owner, board, pin, false);
        deliver(() -> await(placements.remove(removal)));
      }
    }
    deliver(() -> await(placements.place(Writes.place(caller(newId()), board, newId()))));
  }

  private static java.util.UUID uuid(long pin) {
    return new java.util.UUID(pin, pin);
  }

  /** As a caller does: repeats while the outcome is open, with the same request. */
  private void deliver(Runnable write) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(BACK_OFF)
        .until(() -> isDelivered(write));
  }

  private boolean isDelivered(Runnable write) {
    try {
      write.run();
      answered.incrementAndGet();
      return true;
    } catch (RuntimeException e) {
      ErrorReason reason = ApiException.from(e).reason();
      if (reason == ErrorReason.ERROR_REASON_PERMISSION_DENIED) {
        refused.incrementAndGet();
        return true;
      }
      assertThat(reason)
          .isIn(
              ErrorReason.ERROR_REASON_CONTENTION,
              ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED,
              ErrorReason.ERROR_REASON_UNAVAILABLE);
      repeated.incrementAndGet();
      return false;
    }
  }

  @Test
  void editorWhoWasRevokedMeanwhileCannotPlace() {
    long owner = newId();
    long editor = newId();
    Board board = await(rig.boards().create(board(owner, "Shared"), noRequest()));
    rig.join(id(board), editor, Role.EDITOR);
    PlacementWrite write = Writes.place(caller(editor), board, newId());
    Snapshot read = await(table.snapshot(write));

    rig.leave(id(board), editor);
    Intent intent = await(rig.intents().begin(Intents.placing(rig, board, write)));
    Cas late = await(batches.place(write, read, intent));

    assertThat(late.applied()).isFalse();
    assertThat(BoardAudit.of(rig, id(board)).pinCount()).isZero();
  }

  @Test
  void writerWhoseIntentWasAbortedComesTooLate() {
    long owner = newId();
    Board board = await(rig.boards().create(board(owner, "Paused"), noRequest()));
    PlacementWrite write = Writes.place(caller(owner), board, newId());
    Snapshot read = await(table.snapshot(write));
    Intent intent = await(rig.intents().begin(Intents.placing(rig, board, write)));

    assertThat(await(rig.settler().settle(intent))).isEqualTo(Outcome.ABORTED);
    Cas late = await(batches.place(write, read, intent));

    assertThat(late.applied()).isFalse();
    assertThat(BoardAudit.of(rig, id(board)).pins()).isEmpty();
    assertThat(await(rig.settler().settle(intent))).isEqualTo(Outcome.ABORTED);
  }

  @Test
  void appliedIntentCannotBeAborted() {
    long owner = newId();
    Board board = await(rig.boards().create(board(owner, "Quick"), noRequest()));
    PlacementWrite write = Writes.place(caller(owner), board, newId());
    Snapshot read = await(table.snapshot(write));
    Intent intent = await(rig.intents().begin(Intents.placing(rig, board, write)));

    assertThat(await(rig.settler().look(intent))).isEqualTo(Outcome.OPEN);
    assertThat(await(batches.place(write, read, intent)).applied()).isTrue();

    assertThat(await(rig.settler().settle(intent))).isEqualTo(Outcome.APPLIED);
    assertThat(await(rig.settler().look(intent))).isEqualTo(Outcome.APPLIED);
    assertThat(BoardAudit.of(rig, id(board)).pins()).containsExactly(write.pinId());
  }

  @Test
  void boardDeletedMeanwhileTakesNoPin() {
    long owner = newId();
    Board board = await(rig.boards().create(board(owner, "Going"), noRequest()));
    PlacementWrite write = Writes.place(caller(owner), board, newId());
    Snapshot read = await(table.snapshot(write));

    await(rig.boards().delete(id(board), owner, b -> {}, ""));
    Intent intent = await(rig.intents().begin(Intents.placing(rig, board, write)));
    Cas late = await(batches.place(write, read, intent));

    assertThat(late.applied()).isFalse();
    assertThat(BoardAudit.of(rig, id(board)).pins()).isEmpty();
  }
}
