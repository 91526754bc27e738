// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.caller;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static dev.corkboard.board.Fixtures.rename;
import static dev.corkboard.board.Fixtures.request;
import static dev.corkboard.board.Fixtures.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.RequestKey;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Change;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.testing.Faults;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * Accounts that make every kind of change on boards of their own and place Pins on each other's,
 * over a network that loses statements and answers, in processes that die. It remembers every
 * change that was acknowledged.
 */
final class WriteLoad {
  private static final int MAX_DELIVERIES = 50;

  private final CassandraRig rig;
  private final CassandraRig shaky;
  private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
  private final Map<Long, Board> shared = new ConcurrentHashMap<>();
  private final Set<Long> boards = ConcurrentHashMap.newKeySet();
  private final AtomicLong ticks = new AtomicLong();
  private final AtomicInteger repeated = new AtomicInteger();
  private final AtomicInteger deaths = new AtomicInteger();

  /**
   * A change that its writer was told of.
   *
   * @param pinId empty when none is concerned
   * @param begun before it was asked for
   * @param ended after it was answered
   */
  record Acknowledged(Change.Type type, String boardId, String pinId, long begun, long ended) {
    boolean isTold(Change change) {
      return change.getType() == type
          && change.getBoardId().equals(boardId)
          && change.getPinId().equals(pinId);
    }
  }

  WriteLoad(CassandraRig rig) {
    this.rig = rig;
    this.shaky = rig.through(Faults.timeOuts(9, 13));
  }

  /** One account's work: a board that it keeps, one that it deletes, one on which it dies. */
  void run(long seed, int pins) {
    Random random = new Random(seed);
    long owner = newId();
    Board kept = create(owner, "Kept");
    Board doomed = create(owner, "Doomed");
    Board fragile = create(owner, "Fragile");
    shared.put(id(kept), kept);
    for (int i = 0; i < pins; i++) {
      List<Board> all = List.copyOf(shared.values());
      Board other = all.get(random.nextInt(all.size()));
      pin(i % 3 == 0 ? doomed : other, i);
      if (i % 3 == 0) edit(kept, rename("Kept " + i));
      if (i % 3 == 1) {
        String text = "Description " + i;
        edit(kept, board -> board.toBuilder().setDescription(text).build());
      }
      if (i % 2 == 0) die(random.nextInt(7), fragile, i);
    }
    deliver(
        Change.Type.TYPE_BOARD_DELETED,
        doomed,
        0,
        () -> await(shaky.boards().delete(id(doomed), owner, b -> {}, "")));
  }

  private Board create(long owner, String name) {
    Board board = board(owner, name);
    boards.add(id(board));
    RequestKey request = request(UUID.randomUUID(), board);
    deliver(
        Change.Type.TYPE_BOARD_CREATED,
        board,
        0,
        () -> await(shaky.boards().create(board, request)));
    return board;
  }

  private void edit(Board board, UnaryOperator<Board> edit) {
    RequestKey request = request(UUID.randomUUID(), board);
    deliver(
        Change.Type.TYPE_BOARD_UPDATED,
        board,
        0,
        () -> await(shaky.boards().update(update(board, edit, "", request))));
  }

  private void pin(Board board, int number) {
    PlacementStore store = PlacementRig.on(shaky).store();
    Caller owner = caller(Long.parseLong(board.getOwnerId()));
    long pin = newId();
    PlacementWrite place = Writes.place(owner, board, pin);
    deliver(Change.Type.TYPE_PIN_PLACED, board, pin, () -> await(store.place(place)));
    if (number % 2 == 0) {
      long section = newId();
      PlacementRig.on(rig).addSection(id(board), section);
      PlacementWrite move = Writes.section(owner, board, pin, section);
      deliver(Change.Type.TYPE_PLACEMENT_UPDATED, board, pin, () -> await(store.update(move)));
    }
    if (number % 3 == 2) {
      PlacementWrite remove = Writes.remove(owner, board, pin, false);
      deliver(Change.Type.TYPE_PIN_REMOVED, board, pin, () -> await(store.remove(remove)));
    }
  }

  /** A process that ends in the middle of a change; nobody knows what became of it. */
  private void die(int statements, Board board, int number) {
    CassandraRig dying = rig.through(Faults.dieAfter(statements));
    Caller owner = caller(Long.parseLong(board.getOwnerId()));
    Board created = board(Long.parseLong(board.getOwnerId()), "Orphan " + number);
    boards.add(id(created));
    try {
      switch (number % 6) {
        case 0 -> await(dying.boards().create(created, noRequest()));
        case 2 -> await(dying.boards().update(update(board, rename("Fragile " + number))));
        default -> await(PlacementRig.on(dying).store().place(Writes.place(owner, board, newId())));
      }
    } catch (RuntimeException dead) {
      deaths.incrementAndGet();
    }
  }

  /** As a caller does: repeats while the outcome is open, with the same request. */
  private void deliver(Change.Type type, Board board, long pin, Runnable write) {
    long begun = ticks.incrementAndGet();
    for (int delivery = 1; delivery <= MAX_DELIVERIES; delivery++) {
      try {
        write.run();
      } catch (RuntimeException e) {
        ErrorReason reason = ApiException.from(e).reason();
        boolean isDeletedBefore =
            delivery > 1 && reason == ErrorReason.ERROR_REASON_BOARD_NOT_FOUND;
        if (!isDeletedBefore) {
          assertThat(reason)
              .as("%s", e)
              .isIn(
                  ErrorReason.ERROR_REASON_CONTENTION,
                  ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED,
                  ErrorReason.ERROR_REASON_UNAVAILABLE);
          repeated.incrementAndGet();
          continue;
        }
      }
      acknowledged.add(
          new Acknowledged(
              type,
              board.getId(),
              pin == 0 ? "" : Long.toString(pin),
              begun,
              ticks.incrementAndGet()));
      return;
    }
    throw new AssertionError("never answered");
  }

  Collection<Acknowledged> acknowledged() {
    return acknowledged;
  }

  /** The boards written to, also those that may never have come to be. */
  Set<Long> boards() {
    return boards;
  }

  int repeated() {
    return repeated.get();
  }

  int deaths() {
    return deaths.get();
  }
}
