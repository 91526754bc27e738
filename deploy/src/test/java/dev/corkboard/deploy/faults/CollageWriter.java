// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Makes a collage layer by layer, publishes it, and looks at what came of it. */
final class CollageWriter {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int LAYERS = 5;

  private final RestClient client;
  private final String board;
  private String id;
  private long revision;

  CollageWriter(RestClient client, String board) {
    this.client = client;
    this.board = board;
  }

  /** Lets all write at once, and something go wrong after as many requests. */
  static void run(List<CollageWriter> writers, int requests, Runnable fault) {
    CountDownLatch made = new CountDownLatch(requests);
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    try {
      List<CompletableFuture<Void>> runs = new ArrayList<>();
      for (CollageWriter writer : writers) {
        runs.add(CompletableFuture.runAsync(() -> writer.write(made::countDown), threads));
      }
      assertThat(made.await(1, TimeUnit.MINUTES)).isTrue();
      fault.run();
      runs.forEach(CompletableFuture::join);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void write(Runnable made) {
    create();
    made.run();
    for (int i = 0; i < LAYERS; i++) {
      edit();
      made.run();
    }
    publish();
    made.run();
  }

  private void create() {
    String key = UUID.randomUUID().toString();
    Answer made = repeat(() -> client.post("/v1/collages", Bodies.collage(key), key));
    id = made.textOf("id");
    revision = made.json().get("revision").longValue();
  }

  private void edit() {
    String key = UUID.randomUUID().toString();
    ObjectNode edit = Bodies.edit(revision, "layer-" + revision);
    Answer made = repeat(() -> client.post(path("/edits"), edit, key));
    revision = made.json().get("revision").longValue();
  }

  private void publish() {
    String key = UUID.randomUUID().toString();
    repeat(() -> client.post(path("/publish"), Bodies.move(board), key));
  }

  private String path(String rest) {
    return "/v1/collages/" + id + rest;
  }

  /** A request until somebody says what came of it. */
  private static Answer repeat(Supplier<Answer> request) {
    return Awaitility.await()
        .atMost(LIMIT)
        .until(
            request::get,
            answer -> {
              assertThat(answer.isWellFormed()).as(answer.text()).isTrue();
              assertThat(answer.isOk() || answer.isUnknown() || answer.isBusy())
                  .as(answer.status() + " " + answer.text())
                  .isTrue();
              return answer.isOk();
            });
  }

  /** Asserts that every edit was made once. */
  String publishedPin() {
    JsonNode collage = client.get(path("")).json();
    JsonNode layers = collage.at("/document/layers");
    assertThat(layers.findValuesAsText("id")).hasSize(LAYERS).doesNotHaveDuplicates();
    assertThat(collage.get("revision").longValue()).isEqualTo(revision);
    assertThat(collage.get("state").textValue()).isEqualTo("published");
    assertThat(collage.at("/publication/revision").longValue()).isEqualTo(revision);
    return collage.at("/publication/pin_id").textValue();
  }
}
