// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.platform.testing.history.Operation;
import dev.corkboard.platform.testing.history.Operation.Kind;
import dev.corkboard.platform.testing.history.Operation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client: each run makes one request, the one that is still unanswered first. */
final class Writer implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Writer.class);

  private static final Duration BACK_OFF = Duration.ofMillis(500);

  private final Load load;
  private final int number;
  private final Random random;
  private final List<OwnedPin> own = new ArrayList<>();
  private int created;

  /** Repeated until it answers true; null when all was answered. */
  private volatile BooleanSupplier pending;

  private volatile boolean idle;

  private long notBefore = System.nanoTime();

  Writer(Load load, int number) {
    this.load = load;
    this.number = number;
    this.random = new Random(number);
  }

  /** Whether nothing is under way any more. */
  boolean isIdle() {
    return idle;
  }

  @Override
  public void run() {
    try {
      if (System.nanoTime() - notBefore < 0) return;
      if (pending == null && load.isDraining()) {
        idle = true;
        return;
      }
      if (pending == null) pending = next();
      if (pending.getAsBoolean()) pending = null;
    } catch (RuntimeException e) {
      log.error("a writer failed", e);
      load.tally().wrong("a writer failed: " + e);
    }
  }

  private BooleanSupplier next() {
    int dice = random.nextInt(100);
    if (own.isEmpty() || dice < 25) return creation(board());
    if (dice < 45) return move(own.get(random.nextInt(own.size())), board());
    if (dice < 52) return deletion(own.remove(random.nextInt(own.size())));
    if (dice < 60) return once(this::moveShared);
    if (dice < 68) return once(this::describe);
    if (dice < 75) return once(this::compareAndSet);
    if (dice < 83) return once(this::readBoard);
    if (dice < 92) return once(this::readListing);
    return once(this::readShared);
  }

  private static BooleanSupplier once(Runnable request) {
    return () -> {
      request.run();
      return true;
    };
  }

  /** Whoever was not served comes back a little later. */
  private void count(String request, Answer answer) {
    load.tally().count(request, answer);
    if (!answer.isOk()) notBefore = System.nanoTime() + BACK_OFF.toNanos();
  }

  private String board() {
    return load.boards().get(random.nextInt(load.boards().size()));
  }

  private BooleanSupplier creation(String board) {
    String key = number + "-" + created++;
    String idempotency = UUID.randomUUID().toString();
    long invoked = System.nanoTime();
    return () -> {
      Answer answer =
          load.owner().post("/pins", Bodies.pin(board, OwnedPin.title(key, 0)), idempotency);
      count("POST /pins", answer);
      if (answer.status() != 201) return false;
      OwnedPin pin = new OwnedPin(answer.textOf("id"), key, board);
      load.owned().add(pin);
      own.add(pin);
      done(pin, Optional.of(board), invoked);
      return true;
    };
  }

  private BooleanSupplier move(OwnedPin pin, String board) {
    OwnedPin.Change change = pin.begin(Optional.of(board));
    String idempotency = UUID.randomUUID().toString();
    long invoked = System.nanoTime();
    return () -> {
      Answer answer =
          load.owner()
              .patch("/pins/" + pin.id(), Bodies.move(board, pin.title(change)), idempotency);
      count("PATCH /pins", answer);
      if (answer.status() != 200) return false;
      pin.acknowledge(change);
      done(pin, Optional.of(board), invoked);
      return true;
    };
  }

  private BooleanSupplier deletion(OwnedPin pin) {
    OwnedPin.Change change = pin.begin(Optional.empty());
    long invoked = System.nanoTime();
    boolean[] repeated = {false};
    return () -> {
      Answer answer = load.owner().delete("/pins/" + pin.id());
      boolean gone = answer.status() == 404 && repeated[0];
      repeated[0] = true;
      if (!gone) count("DELETE /pins", answer);
      if (answer.status() != 204 && !gone) return false;
      pin.acknowledge(change);
      done(pin, Optional.empty(), invoked);
      return true;
    };
  }

  private void done(OwnedPin pin, Optional<String> board, long invoked) {
    long value = board.map(Long::parseLong).orElse(Histories.NOWHERE);
    load.histories().moved(pin.id(), value, Outcome.OK, invoked);
    load.tally().acknowledge();
    load.probe().watch(pin);
  }

  private void moveShared() {
    String pin = sharedPin();
    String board = board();
    long invoked = System.nanoTime();
    Answer answer =
        load.owner().patch("/pins/" + pin, Bodies.move(board), UUID.randomUUID().toString());
    count("PATCH /pins of a shared Pin", answer);
    if (answer.isOk()) load.tally().acknowledge();
    if (answer.isOk() || answer.isUnknown()) {
      Outcome outcome = answer.isOk() ? Outcome.OK : Outcome.UNKNOWN;
      load.histories().moved(pin, Long.parseLong(board), outcome, invoked);
    }
  }

  private String sharedPin() {
    return load.shared().get(random.nextInt(load.shared().size()));
  }

  private void describe() {
    String board = board();
    long value = load.headers().nextNumber();
    long invoked = System.nanoTime();
    Answer answer =
        load.owner()
            .patch(
                "/boards/" + board,
                Bodies.description(BoardHeaders.description(value)),
                UUID.randomUUID().toString());
    count("PATCH /boards", answer);
    if (answer.isOk()) load.tally().acknowledge();
    if (answer.isOk() || answer.isUnknown()) {
      Outcome outcome = answer.isOk() ? Outcome.OK : Outcome.UNKNOWN;
      load.histories()
          .header(board, new Operation(Kind.WRITE, outcome, 0, value, invoked, System.nanoTime()));
    }
  }

  private void compareAndSet() {
    String board = board();
    load.headers()
        .compareAndSet(board, load.tally())
        .ifPresent(operation -> load.histories().header(board, operation));
  }

  private void readBoard() {
    String board = board();
    long invoked = System.nanoTime();
    Answer answer = load.reader().get("/boards/" + board);
    count("GET /boards", answer);
    if (!answer.isOk()) return;
    long value = Long.parseLong(answer.textOf("description"));
    load.histories()
        .header(board, new Operation(Kind.READ, Outcome.OK, 0, value, invoked, System.nanoTime()));
  }

  private void readListing() {
    String board = board();
    long invoked = System.nanoTime();
    Answer answer = load.reader().get("/boards/" + board + "/pins?page_size=250");
    count("GET /boards/pins", answer);
    if (!answer.isOk()) return;
    Set<String> pins = new HashSet<>();
    for (JsonNode pin : answer.json().get("items")) {
      if (!pins.add(pin.get("id").textValue())) load.tally().wrong("twice on a page: " + pin);
    }
    load.histories().listed(board, pins, invoked);
  }

  private void readShared() {
    String pin = sharedPin();
    long invoked = System.nanoTime();
    Answer answer = load.reader().get("/pins/" + pin);
    count("GET /pins", answer);
    if (answer.isOk()) {
      load.histories().found(pin, Long.parseLong(answer.textOf("board_id")), invoked);
    }
  }
}
