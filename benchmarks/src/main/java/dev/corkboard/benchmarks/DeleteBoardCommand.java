// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corkboard.board.change.CassandraIntents;
import dev.corkboard.board.change.LogTimes;
import dev.corkboard.pin.listing.ListingGenerator;
import dev.corkboard.placement.CassandraBoardGenerator;
import dev.corkboard.platform.cassandra.Cql;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes a large board of a running installation and looks for what is left of its Pins. */
@Command(name = "delete-board", mixinStandardHelpOptions = true)
final class DeleteBoardCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(DeleteBoardCommand.class);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String OWNER = "demo";
  private static final int AT_ONCE = 100;
  private static final int KEPT = 30;
  private static final String PICTURE =
      "iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAMAAABpA6zvAAAABlBMVEXGKCj/8+DX4sOZAAAAH0lEQVR42mNggANG"
          + "OMAvNqqQPgpHA2WwKhwNqEGqEACimQJZDZM94QAAAABJRU5ErkJggg==";

  @Option(names = "--data", defaultValue = ".corkboard")
  private Path data;

  @Option(names = "--pins", defaultValue = "200000")
  private int pins;

  @Option(names = "--minutes", defaultValue = "60", description = "for the rows to go")
  private int minutes;

  private final List<Long> doomed = new ArrayList<>();
  private final Set<String> kept = new HashSet<>();
  private final Times lookups = new Times();
  private final Times listings = new Times();
  private Installation installation;
  private String board;
  private int wrong;

  @Override
  public Integer call() {
    installation = new Installation(data);
    try (CqlSession boards = installation.session("corkboard_board");
        CqlSession content = installation.session("corkboard_pin")) {
      return measure(cql(boards), cql(content));
    }
  }

  private static Cql cql(CqlSession session) {
    return new Cql(session, new SimpleMeterRegistry());
  }

  private int measure(Cql boards, Cql content) {
    for (JsonNode pin : walk()) kept.add(pin.get("id").textValue());
    String other = makeBoard();
    for (int i = 0; i < KEPT; i++) kept.add(makePin(other));
    board = makeBoard();
    String pattern = makePin(board);
    doomed.add(Long.valueOf(pattern));
    PinCopies copies = new PinCopies(content, pattern);
    fill(boards, content, copies);
    int shown = installation.get(OWNER, "/boards/" + board).json().get("pin_count").intValue();
    log.info("Pins on the board {}, pin_count {}", doomed.size(), shown);
    if (shown != doomed.size()) return 1;

    long begin = System.nanoTime();
    int status = installation.delete(OWNER, "/boards/" + board).status();
    log.info("DELETE answered {} after {} ms", status, since(begin, TimeUnit.MILLISECONDS));
    look();
    log.info("at once: lookups {}, listing of all Pins {}, wrong {}", lookups, listings, wrong);
    boolean gone = awaitRows(boards, copies, begin);
    log.info(
        "until the rows were gone: lookups {}, listing {}, wrong {}", lookups, listings, wrong);
    return status == 204 && wrong == 0 && gone ? 0 : 1;
  }

  private String makeBoard() {
    ObjectNode body = JSON.objectNode().put("name", "Board " + UUID.randomUUID());
    return installation.post(OWNER, "/boards", body).id();
  }

  private String makePin(String onBoard) {
    ObjectNode body = JSON.objectNode().put("board_id", onBoard).put("title", "Pin");
    body.putObject("media_source")
        .put("source_type", "image_base64")
        .put("content_type", "image/png")
        .put("data", PICTURE);
    return installation.post(OWNER, "/pins", body).id();
  }

  /** The ids follow that of a Pin of the service: nobody else is given them any more. */
  private void fill(Cql boards, Cql content, PinCopies copies) {
    CassandraBoardGenerator order =
        new CassandraBoardGenerator(
            boards, new CassandraIntents(boards, Clock.systemUTC(), LogTimes.DEFAULT));
    ListingGenerator listing = new ListingGenerator(content, copies.owner());
    long boardId = Long.parseLong(board);
    while (doomed.size() < pins) {
      List<Long> some = new ArrayList<>();
      for (int i = Math.min(AT_ONCE, pins - doomed.size()); i > 0; i--) {
        some.add(doomed.get(0) + doomed.size() + some.size());
      }
      copies.make(boardId, some);
      listing.add(boardId, some);
      order.place(boardId, copies.owner(), some);
      doomed.addAll(some);
    }
  }

  private static long since(long begin, TimeUnit unit) {
    return unit.convert(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
  }

  /** Asks for the board, some of its Pins, and all Pins of the owner. */
  private void look() {
    for (String reader : List.of(OWNER, "guest")) {
      expectNotFound(reader, "/boards/" + board);
      expectNotFound(reader, "/boards/" + board + "/pins");
      for (int i = 0; i < 20; i++) {
        expectNotFound(reader, "/pins/" + doomed.get((int) ((long) i * doomed.size() / 20)));
      }
    }
    long begin = System.nanoTime();
    Set<String> listed = new HashSet<>();
    for (JsonNode pin : walk()) {
      if (!listed.add(pin.get("id").textValue())) wrong++;
    }
    listings.add(System.nanoTime() - begin);
    if (!listed.equals(kept)) {
      wrong++;
      log.info("listed {} Pins instead of {}", listed.size(), kept.size());
    }
  }

  private void expectNotFound(String reader, String path) {
    long begin = System.nanoTime();
    int status = installation.get(reader, path).status();
    lookups.add(System.nanoTime() - begin);
    if (status == 404) return;
    wrong++;
    log.info("{} as {}: {}", path, reader, status);
  }

  private List<JsonNode> walk() {
    List<JsonNode> items = new ArrayList<>();
    String bookmark = "";
    while (true) {
      Installation.Answer page = installation.get(OWNER, "/pins?page_size=250" + bookmark);
      if (page.status() != 200) {
        wrong++;
        log.info("listing: {} {}", page.status(), page.json());
        return items;
      }
      page.json().get("items").forEach(items::add);
      if (page.json().get("bookmark").isNull()) return items;
      bookmark = "&bookmark=" + page.json().get("bookmark").textValue();
    }
  }

  /** Looks again and again meanwhile. */
  private boolean awaitRows(Cql boards, PinCopies copies, long begin) {
    var state = boards.prepare("SELECT state FROM board WHERE board_id = ? LIMIT 1", true);
    final byte goneState = 3;
    while (since(begin, TimeUnit.MINUTES) < minutes) {
      look();
      byte now =
          boards
              .one(state.bind(Long.valueOf(board)))
              .toCompletableFuture()
              .join()
              .orElseThrow()
              .getByte("state");
      if (now == goneState) {
        long left = standing(copies);
        log.info(
            "rows of the board gone after {} s, rows of Pins left {} of {}",
            since(begin, TimeUnit.SECONDS),
            left,
            doomed.size());
        return left == 0;
      }
      CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS))
          .join();
    }
    log.info("rows left after {} minutes", minutes);
    return false;
  }

  private long standing(PinCopies copies) {
    long left = 0;
    for (int from = 0; from < doomed.size(); from += 1_000) {
      left += copies.standing(doomed.subList(from, Math.min(from + 1_000, doomed.size())));
    }
    return left;
  }
}
