// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corkboard.benchmarks.Installation;
import dev.corkboard.benchmarks.PinCopies;
import dev.corkboard.board.change.CassandraIntents;
import dev.corkboard.board.change.LogTimes;
import dev.corkboard.pin.listing.ListingGenerator;
import dev.corkboard.placement.CassandraBoardGenerator;
import dev.corkboard.platform.cassandra.Cql;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes boards and Pins: some through the API, many by writing the rows that it would leave. */
final class Filler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Filler.class);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int AT_ONCE = 100;
  private static final String PICTURE =
      "iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAMAAABpA6zvAAAABlBMVEXGKCj/8+DX4sOZAAAAH0lEQVR42mNggANG"
          + "OMAvNqqQPgpHA2WwKhwNqEGqEACimQJZDZM94QAAAABJRU5ErkJggg==";

  private final Installation installation;
  private final String account;
  private final CqlSession boards;
  private final CqlSession content;

  /** A board and its Pins in the order they were made. */
  record Filled(String board, List<Long> pins) {}

  /**
   * Fills one account.
   *
   * @param account as {@code ready.json} calls it; nobody else may add to it meanwhile
   */
  Filler(Installation installation, String account) {
    this.installation = installation;
    this.account = account;
    boards = installation.session("corkboard_board");
    content = installation.session("corkboard_pin");
  }

  String board() {
    ObjectNode body = JSON.objectNode().put("name", "Board " + UUID.randomUUID());
    return installation.post(account, "/boards", body).id();
  }

  String pin(String board, String title) {
    return installation.post(account, "/pins", pinBody(board, title)).id();
  }

  /** A Pin of about 1 KB with a picture of 40 x 30 pixels. */
  static ObjectNode pinBody(String board, String title) {
    ObjectNode body =
        JSON.objectNode()
            .put("board_id", board)
            .put("title", title)
            .put("link", "https://example.org/reading-corners/by-the-window")
            .put(
                "description",
                "A corner by the window, with a shelf within reach and light from the left. "
                    .repeat(4)
                    .strip());
    body.putObject("media_source")
        .put("source_type", "image_base64")
        .put("content_type", "image/png")
        .put("data", PICTURE);
    return body;
  }

  /** A board with so many Pins, its oldest made through the API. */
  Filled fill(int pins) {
    return fill(pins, true, true);
  }

  /** So many Pins that can be read one by one, but stand on no board and in no listing. */
  List<Long> rows(int pins) {
    return fill(pins, false, false).pins();
  }

  /**
   * So many Pins in the listing of the account that say they are on a board, which knows of one.
   */
  void list(int pins) {
    fill(pins, true, false);
  }

  private Filled fill(int pins, boolean listed, boolean placed) {
    long begin = System.nanoTime();
    String board = board();
    String pattern = pin(board, "Corner");
    Cql content = cql(this.content);
    PinCopies copies = new PinCopies(content, pattern);
    // The ids follow that of a Pin of the service: nobody else is given them any more.
    long first = Long.parseLong(pattern);
    List<Long> ids = LongStream.range(first, first + pins).boxed().toList();
    long boardId = Long.parseLong(board);
    List<CompletableFuture<Void>> work = new ArrayList<>();
    work.add(all(ids, some -> copies.make(boardId, some)));
    if (listed) {
      ListingGenerator listing = new ListingGenerator(content, copies.owner());
      work.add(all(ids, some -> listing.add(boardId, some)));
    }
    if (placed) work.add(order(boardId, copies.owner(), ids));
    work.forEach(CompletableFuture::join);
    log.info("made {} Pins in {} s", pins, (System.nanoTime() - begin) / 1_000_000_000);
    return new Filled(board, ids);
  }

  private CompletableFuture<Void> order(long board, long owner, List<Long> ids) {
    Cql cql = cql(boards);
    CassandraBoardGenerator order =
        new CassandraBoardGenerator(
            cql, new CassandraIntents(cql, Clock.systemUTC(), LogTimes.DEFAULT));
    return all(ids, some -> order.place(board, owner, some));
  }

  /** All but the first, which was made already. */
  private static CompletableFuture<Void> all(List<Long> ids, Consumer<List<Long>> write) {
    return CompletableFuture.runAsync(
        () -> {
          for (int from = 1; from < ids.size(); from += AT_ONCE) {
            write.accept(new ArrayList<>(ids.subList(from, Math.min(ids.size(), from + AT_ONCE))));
          }
        },
        task -> new Thread(task, "fill").start());
  }

  private static Cql cql(CqlSession session) {
    return new Cql(session, new SimpleMeterRegistry());
  }

  @Override
  public void close() {
    boards.close();
    content.close();
  }
}
