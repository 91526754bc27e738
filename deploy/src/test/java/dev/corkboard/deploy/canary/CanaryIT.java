// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.canary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.deploy.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that is secret or somebody's own goes through every operation, with all logs at their
 * lowest level and every request traced, and must be found in nothing that a process writes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanaryIT {
  /** Tokens of services are signed and gone before a test could see them. */
  private static final Pattern ANY_TOKEN =
      Pattern.compile("eyJ[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{20,}");

  /** All services in one process: what they write is the same, and it starts in less time. */
  private static final String LOG = "log/corkboard.log";

  private static final List<String> PROCESSES =
      List.of("account", "board", "pin", "collage", "edge");

  private final Canaries canaries = new Canaries();
  private final Canaries secrets = new Canaries();
  private final Map<String, String> metrics = new TreeMap<>();
  private final List<String> errors = new ArrayList<>();
  private final List<Integer> statuses = new ArrayList<>();
  private Path data;
  private int operations;
  private String cold;
  private String warm;
  private long seriesBefore;
  private long seriesAfter;

  @BeforeAll
  void letThemFly(@TempDir Path folder) throws Exception {
    data = folder.resolve("data");
    Map<String, String> environment = Map.of("LOG_LEVEL", "TRACE", "RATE_LIMIT_SIGN_IN", "1000/1s");
    try (Launcher launcher = Launcher.start(data, environment, "--port", "0", "--traces")) {
      fly(launcher.awaitReady());
    }
    cold = launcherTrace("cold-page");
    warm = launcherTrace("warm-page");
    assertThat(canaries.size()).isGreaterThan(500);
  }

  private String launcherTrace(String id) {
    return Launcher.trace(data.resolve("traces"), id);
  }

  private void fly(Launcher launcher) throws IOException {
    JsonNode ready = launcher.ready();
    Calls calls = new Calls(ready.get("edge").textValue());
    String token = ready.get("tokens").get("demo").textValue();
    secret("access token", token);
    try (Stream<Path> keys = Files.list(data.resolve("keys"))) {
      for (Path key : keys.filter(file -> file.toString().endsWith(".jwk")).toList()) {
        secret("private key " + key, Calls.read(Files.readString(key)).get("d").textValue());
      }
    }
    Journey journey = new Journey(calls, canaries, secrets, token);
    String username = journey.run();
    journey.pages(ready.get("stores").get("redis").textValue());
    new SignInFlow(calls, secrets, ready.get("client"))
        .run(username, ready.get("passwords").get("demo").textValue());
    JsonNode description = Calls.read(calls.send("GET", "/openapi.json", null).body());
    operations = new Sweep(calls, canaries, description, token).run();
    journey.malformed(ready.get("edge").textValue());
    seriesBefore = series(ready, "edge");
    for (int i = 0; i < 300; i++) {
      calls.send("GET", "/" + canaries.plant("path " + i) + "/v5/x" + i, null);
      calls.send("GET", "/v5/boards/" + canaries.plant("board path " + i), null);
    }
    seriesAfter = series(ready, "edge");
    journey.whileFrozen(launcher.process("redis").pid());
    journey.whileFrozen(launcher.process("cassandra").pid());
    for (String process : PROCESSES) metrics.put(process, page(ready, process));
    errors.addAll(calls.errors());
    statuses.addAll(calls.statuses());
  }

  private void secret(String name, String text) {
    secrets.add(name, text);
  }

  private static String page(JsonNode ready, String process) {
    String admin = "http://" + ready.get("admin").get(process).textValue();
    return new Calls(admin).send("GET", "/metrics", null).body();
  }

  private static long series(JsonNode ready, String process) {
    return page(ready, process)
        .lines()
        .filter(line -> line.startsWith("corkboard_edge_requests_seconds_count"))
        .count();
  }

  @Test
  @DisplayName("no secret and nobody's words are in any log, trace or metric")
  void nothingIsWritten() {
    List<String> found = new ArrayList<>();
    for (Canaries each : List.of(canaries, secrets)) {
      found.addAll(each.below(data.resolve("log")));
      found.addAll(each.below(data.resolve("traces")));
      metrics.forEach((process, text) -> found.addAll(each.in("metrics of " + process, text)));
    }
    assertThat(found).isEmpty();
  }

  @Test
  @DisplayName("no token of a service is in any log or trace")
  void noTokenOfAService() throws IOException {
    for (String folder : List.of("log", "traces")) {
      try (Stream<Path> files = Files.walk(data.resolve(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          try (Stream<String> lines =
              Files.lines(file, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            assertThat(lines.filter(line -> ANY_TOKEN.matcher(line).find()))
                .as(file.toString())
                .isEmpty();
          }
        }
      }
    }
  }

  @Test
  @DisplayName("no error repeats a secret")
  void errorsRepeatNoSecret() {
    assertThat(errors).hasSizeGreaterThan(100);
    for (String error : errors) assertThat(secrets.in("an error", error)).isEmpty();
  }

  @Test
  @DisplayName("the search had something to search: every process logged, traced, and failed")
  void thereWasSomethingToFind() throws IOException {
    assertThat(operations).isGreaterThan(60);
    assertThat(statuses).contains(200, 201, 303, 400, 401, 403, 404).anyMatch(s -> s >= 500);
    for (String process : PROCESSES) {
      assertThat(data.resolve("traces/" + process + ".jsonl")).isNotEmptyFile();
      assertThat(metrics.get(process)).contains("corkboard_trace_spans_total");
    }
    assertThat(Files.readString(data.resolve(LOG))).contains("\"level\":\"DEBUG\"");
  }

  @Test
  @DisplayName("the line of a failed request names its route, status, time, request and trace")
  void failedRequests() throws IOException {
    try (Stream<String> lines = Files.lines(data.resolve(LOG))) {
      List<String> failed =
          lines
              .filter(line -> line.contains("http.RequestMetrics") && line.contains("\"WARN\""))
              .toList();
      assertThat(failed)
          .isNotEmpty()
          .allSatisfy(
              line ->
                  assertThat(line)
                      .contains("\"route\":\"", "\"status\"", "\"micros\"")
                      .contains("\"request_id\":", "\"trace_id\":", "\"span_id\":"));
    }
  }

  @Test
  @DisplayName("what services log of a refused request names it, also where a store answered late")
  void refusalsAreNamed() throws IOException {
    try (Stream<String> lines = Files.lines(data.resolve(LOG))) {
      assertThat(lines.filter(line -> line.contains("ErrorInterceptor")))
          .anyMatch(line -> line.contains("board.v1"))
          .anyMatch(line -> line.contains("pin.v1"))
          .anyMatch(line -> line.contains("oauth.v1"))
          .allSatisfy(line -> assertThat(line).contains("\"request_id\":", "\"trace_id\":"));
    }
  }

  @Test
  @DisplayName("paths that strangers make up make no series")
  void strangersMakeNoSeries() {
    assertThat(seriesAfter - seriesBefore).isLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("a page of a board is one trace from the edge to Cassandra, and to Redis when warm")
  void aBoardPageIsOneTrace() {
    String root = "edge: GET /v5/boards/{board_id}/pins  200";
    for (String tree : List.of(cold, warm)) {
      assertThat(tree)
          .contains(root)
          .contains("─ edge: corkboard.pin.v1.PinService/ListBoardPins")
          .contains("─ pin: corkboard.pin.v1.PinService/ListBoardPins")
          .contains("─ board: corkboard.board.v1.PlacementService/ListPlacements")
          .contains("pin: MGET");
      assertThat(Pattern.compile("^ +0\\.00", Pattern.MULTILINE).matcher(tree).results())
          .as("one root")
          .hasSizeBetween(1, 3);
    }
    assertThat(cold).contains("EVALSHA fill").contains("pin: SELECT pin");
    assertThat(warm).doesNotContain("EVALSHA").doesNotContain("pin: SELECT pin");
  }
}
