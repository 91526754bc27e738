// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.platform.testing.history.Operation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;

/**
 * Writers and readers on a few boards of their own. A write that was not answered is repeated, with
 * the same key, until it is: at the end everything begun has one known outcome.
 */
final class Load implements AutoCloseable {
  private static final int BOARDS = 4;
  private static final int SHARED_PINS = 3;
  private static final int WRITERS = 6;
  private static final Duration PAUSE = Duration.ofMillis(40);

  private final RestClient owner;
  private final RestClient reader;
  private final BoardHeaders headers;
  private final Probe probe;
  private final Tally tally = new Tally();
  private final List<String> boards = new ArrayList<>();
  private final List<String> shared = new ArrayList<>();
  private final Queue<OwnedPin> owned = new ConcurrentLinkedQueue<>();
  private final Histories histories;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final List<Writer> writers = new ArrayList<>();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(WRITERS);

  private Load(Suite suite, Probe probe) {
    this.owner = suite.client("demo");
    this.reader = suite.client("guest");
    this.headers = new BoardHeaders(suite.grpc("board"), suite.token("demo"));
    this.probe = probe;
    for (int i = 0; i < BOARDS; i++) {
      boards.add(make("/boards", Bodies.board("Board " + UUID.randomUUID(), "0")));
    }
    this.histories = new Histories(boards);
    for (int i = 0; i < SHARED_PINS; i++) {
      long invoked = System.nanoTime();
      String board = boards.get(i % BOARDS);
      String pin = make("/pins", Bodies.pin(board, OwnedPin.title("shared-" + i, 0)));
      histories.moved(pin, Long.parseLong(board), Outcome.OK, invoked);
      shared.add(pin);
    }
  }

  private String make(String path, JsonNode body) {
    Answer answer = owner.post(path, body, UUID.randomUUID().toString());
    if (!answer.isOk()) throw new IllegalStateException(answer.text());
    return answer.textOf("id");
  }

  /** Makes boards of its own and begins to write and read. */
  static Load start(Suite suite, Probe probe) {
    Load load = new Load(suite, probe);
    for (int i = 0; i < WRITERS; i++) {
      Writer writer = new Writer(load, i);
      load.writers.add(writer);
      load.threads.scheduleWithFixedDelay(writer, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
    return load;
  }

  /** Returns when that many more writes were acknowledged. */
  void awaitWrites(int more, Duration limit) {
    int before = tally.acknowledged();
    Awaitility.await()
        .atMost(limit)
        .untilAsserted(
            () ->
                assertThat(tally.acknowledged())
                    .as(() -> "acknowledged; " + tally + " " + tally.wrong())
                    .isGreaterThanOrEqualTo(before + more));
  }

  /** Returns when that many more requests were not served. */
  void awaitFailures(int more, Duration limit) {
    int before = tally.failed();
    Awaitility.await().atMost(limit).until(() -> tally.failed() >= before + more);
  }

  /** Begins nothing new, and returns when all that was begun has been answered. */
  void drain(Duration limit) {
    draining.set(true);
    Awaitility.await()
        .atMost(limit)
        .untilAsserted(
            () ->
                assertThat(writers)
                    .as(() -> "answered everything; " + tally + " " + tally.wrong())
                    .allMatch(Writer::isIdle));
    close();
  }

  boolean isDraining() {
    return draining.get();
  }

  RestClient owner() {
    return owner;
  }

  RestClient reader() {
    return reader;
  }

  BoardHeaders headers() {
    return headers;
  }

  Probe probe() {
    return probe;
  }

  Tally tally() {
    return tally;
  }

  Histories histories() {
    return histories;
  }

  List<String> boards() {
    return boards;
  }

  /** Pins that every writer moves. */
  List<String> shared() {
    return shared;
  }

  /** Pins that one writer each moves and deletes. */
  Queue<OwnedPin> owned() {
    return owned;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    headers.close();
  }
}
