// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGKILL of every process at once in the middle of a write load, stores included; then a new start
 * on the same data, through the launcher as a user has it.
 */
class KillEverythingIT {
  private static final Logger log = LoggerFactory.getLogger(KillEverythingIT.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WRITERS = 6;
  private static final int BOARDS = 3;
  private static final int ENOUGH = 90;

  private static final String PIN =
      """
      {"board_id":"%s","title":"%s","media_source":{"source_type":"image_base64",\
      "content_type":"image/png","data":"iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAMAAABpA6zvAAAABlBMVEXGKCj/\
      8+DX4sOZAAAAH0lEQVR42mNggANGOMAvNqqQPgpHA2WwKhwNqEGqEACimQJZDZM94QAAAABJRU5ErkJggg=="}}""";

  private static final Map<String, String> UNLIMITED = Map.of("RATE_LIMITS", "off");

  @TempDir private Path folder;

  private final List<String> boards = new ArrayList<>();
  private final Map<String, String> placed = new ConcurrentHashMap<>();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger unanswered = new AtomicInteger();

  @Test
  void acknowledgedWritesSurviveTheDeathOfEveryProcess() {
    Path data = folder.resolve("data");
    try (Launcher first =
        Launcher.start(data, UNLIMITED, "--port", "0", "--processes").awaitReady()) {
      for (int i = 0; i < BOARDS; i++) {
        boards.add(
            created(first.post("/v5/boards", "{\"name\":\"Board " + i + "\"}")).orElseThrow());
      }
      ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        writers.execute(() -> write(first, writer));
      }
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> placed.size() + deleted.size() > ENOUGH);
      first.everything().forEach(ProcessHandle::destroyForcibly);
      over.set(true);
      first.awaitExit();
      writers.shutdown();
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(writers::isTerminated);
    }
    try (Launcher second = Launcher.start(data, UNLIMITED, "--port", "0").awaitReady()) {
      verify(second);
      second.terminate();
      second.awaitExit();
      assertThat(second.everything()).noneMatch(ProcessHandle::isAlive);
    }
  }

  /** Creates Pins and deletes every fifth; only what was answered counts as acknowledged. */
  private void write(Launcher suite, int writer) {
    for (int i = 0; !over.get(); i++) {
      String board = boards.get((writer + i) % BOARDS);
      try {
        Optional<String> pin =
            created(suite.post("/v5/pins", PIN.formatted(board, writer + "-" + i)));
        if (pin.isEmpty()) continue;
        if (i % 5 == 4) {
          if (suite.delete("/v5/pins/" + pin.get()).statusCode() == 204) deleted.add(pin.get());
        } else {
          placed.put(pin.get(), board);
        }
      } catch (UncheckedIOException killed) {
        unanswered.incrementAndGet();
      }
    }
  }

  private static Optional<String> created(HttpResponse<String> response) {
    if (response.statusCode() != 201) return Optional.empty();
    return Optional.of(json(response.body()).get("id").textValue());
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void verify(Launcher suite) {
    int lost = 0;
    int doubled = 0;
    for (String board : boards) {
      List<String> listed = walk(suite, "/v5/boards/" + board + "/pins");
      Set<String> distinct = new HashSet<>(listed);
      doubled += listed.size() - distinct.size();
      for (Map.Entry<String, String> pin : placed.entrySet()) {
        if (pin.getValue().equals(board) && !distinct.contains(pin.getKey())) lost++;
      }
      assertThat(distinct).doesNotContainAnyElementsOf(deleted);
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(
              () ->
                  json(suite.get("/v5/boards/" + board).body()).get("pin_count").intValue()
                      == walk(suite, "/v5/boards/" + board + "/pins").size());
    }
    for (String pin : placed.keySet()) {
      if (suite.get("/v5/pins/" + pin).statusCode() != 200) lost++;
    }
    for (String pin : deleted) {
      assertThat(suite.get("/v5/pins/" + pin).statusCode()).isEqualTo(404);
    }
    log.info(
        "kill -9 of everything: acknowledged creates {}, acknowledged deletes {}, calls cut off {},"
            + " lost {}, doubled {}",
        placed.size() + deleted.size(),
        deleted.size(),
        unanswered.get(),
        lost,
        doubled);
    assertThat(lost).isZero();
    assertThat(doubled).isZero();
  }

  private static List<String> walk(Launcher suite, String path) {
    List<String> ids = new ArrayList<>();
    String bookmark = "";
    while (true) {
      JsonNode page = json(suite.get(path + "?page_size=250" + bookmark).body());
      page.get("items").forEach(pin -> ids.add(pin.get("id").textValue()));
      if (page.get("bookmark").isNull()) return ids;
      bookmark = "&bookmark=" + page.get("bookmark").textValue();
    }
  }
}
