// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import static dev.corkboard.benchmarks.compare.HttpSubject.get;
import static dev.corkboard.benchmarks.compare.HttpSubject.inTurn;
import static dev.corkboard.benchmarks.compare.HttpSubject.post;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corkboard.benchmarks.compare.Filler.Filled;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What Corkboard does for its clients, through the edge and everything behind it. */
final class OurSubjects {
  static final String PIN = "GET pin, warm";
  static final String COLD_PIN = "GET pin, cold";
  static final String PAGE = "board page of 25, warm";
  static final String LARGE_PAGE = "board page of 250, warm";
  static final String CREATE = "create a Pin with a picture";
  static final String SAVE = "save a Pin";
  static final String SEARCH = "search one's own, 25 found";
  static final String RENDER = "render a collage, 800 x 600";

  /** The account whose boards are read, and the one that writes. */
  static final String READER = "demo";

  static final String WRITER = "guest";

  static final int PAGE_SIZE = 25;
  private static final int LARGE_PAGE_SIZE = 250;

  /** More than are asked for between two times that the cache is emptied. */
  private static final int COLD_PINS = 20_000;

  /** A drawing waits for one thread, in a queue of 16. */
  private static final int DRAWINGS = 4;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Suite suite;
  private final HttpLoad client;
  private final int connections;
  private final Filled warm;

  /**
   * Makes the board that is read.
   *
   * @param connections at once, but for drawings
   */
  OurSubjects(Suite suite, HttpLoad client, int connections) {
    this.suite = suite;
    this.client = client;
    this.connections = connections;
    try (Filler filler = new Filler(suite.installation(), READER)) {
      warm = filler.fill(LARGE_PAGE_SIZE);
    }
  }

  String board() {
    return warm.board();
  }

  /** The Pin that floors answer with. */
  String pin() {
    return warm.pins().get(0).toString();
  }

  /** Requests for the Pins of the first page. */
  Supplier<byte[]> pins() {
    String token = suite.token(READER);
    List<Long> first = warm.pins().subList(LARGE_PAGE_SIZE - PAGE_SIZE, LARGE_PAGE_SIZE);
    return inTurn(first.stream().map(id -> get("/v5/pins/" + id, token)).toList());
  }

  /** Requests for the first page. */
  Supplier<byte[]> page(int size) {
    String path = "/v5/boards/" + warm.board() + "/pins?page_size=" + size;
    return inTurn(List.of(get(path, suite.token(READER))));
  }

  /** The two reads that peers do too. */
  List<Subject> reads() {
    return List.of(
        subject(PIN, pins(), 200, connections), subject(PAGE, page(PAGE_SIZE), 200, connections));
  }

  /** All others. */
  List<Subject> rest() {
    try (Filler filler = new Filler(suite.installation(), WRITER)) {
      List<String> boards = new ArrayList<>();
      for (int i = 0; i < connections; i++) boards.add(filler.board());
      for (int i = 0; i < PAGE_SIZE; i++) filler.pin(boards.get(0), "Lighthouse " + i);
      String saved = filler.pin(boards.get(0), "Pier");
      return List.of(
          cold(filler.rows(COLD_PINS)),
          subject(LARGE_PAGE, page(LARGE_PAGE_SIZE), 200, connections),
          subject(CREATE, creates(boards), 201, connections),
          subject(SAVE, saves(saved, boards), 201, connections),
          subject(
              SEARCH,
              inTurn(List.of(get("/v5/search/pins?query=lighthouse", suite.token(WRITER)))),
              200,
              connections),
          subject(RENDER, render(), 200, DRAWINGS));
    }
  }

  private Subject cold(List<Long> pins) {
    String token = suite.token(WRITER);
    return new HttpSubject(
        COLD_PIN,
        suite.processes(),
        client,
        URI.create(suite.edge()),
        connections,
        inTurn(pins.stream().map(id -> get("/v5/pins/" + id, token)).toList()),
        200,
        this::emptyCache);
  }

  private void emptyCache() {
    RedisClient redis = RedisClient.create(suite.redis());
    redis.connect().sync().flushall();
    redis.shutdown();
  }

  private Supplier<byte[]> creates(List<String> boards) {
    String token = suite.token(WRITER);
    return inTurn(
        boards.stream()
            .map(board -> post("/v5/pins", token, Filler.pinBody(board, "Corner").toString()))
            .toList());
  }

  /** Saves of one Pin to each of the boards in turn. */
  Supplier<byte[]> saves(String pin, List<String> boards) {
    String token = suite.token(WRITER);
    return inTurn(
        boards.stream()
            .map(
                board ->
                    post(
                        "/v5/pins/" + pin + "/save",
                        token,
                        JSON.objectNode().put("board_id", board).toString()))
            .toList());
  }

  private Supplier<byte[]> render() {
    ObjectNode body = JSON.objectNode().put("title", "Dusk");
    ObjectNode document = body.putObject("document");
    ObjectNode canvas = document.putObject("canvas").put("width", 800).put("height", 600);
    canvas.putObject("background").put("type", "color").put("color", "#FFE9D0");
    for (int i = 0; i < 10; i++) {
      ObjectNode layer = document.withArray("layers").addObject().put("id", "sun" + i);
      layer
          .putObject("placement")
          .put("center_x", 60 + 70 * i)
          .put("center_y", 300)
          .put("width", 120)
          .put("height", 120);
      ObjectNode shape = layer.putObject("content").put("type", "shape");
      shape.putObject("geometry").put("type", "ellipse");
      shape.putObject("fill").put("type", "color").put("color", "#E4572E");
    }
    String collage = suite.installation().postOwn(WRITER, "/collages", body).id();
    return inTurn(List.of(get("/v1/collages/" + collage + "/render", suite.token(WRITER))));
  }

  /** A subject with the whole suite behind the edge. */
  Subject subject(String name, Supplier<byte[]> requests, int expected, int atOnce) {
    return new HttpSubject(
        name,
        suite.processes(),
        client,
        URI.create(suite.edge()),
        atOnce,
        requests,
        expected,
        () -> {});
  }
}
