// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.platform.testing.Signals;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Breaks the processes of one installation, one fault after another, under a steady load, and
 * compares what clients were told with what is there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {
  private static final Duration FROZEN = Duration.ofSeconds(8);

  private static final List<String> PARTS =
      List.of("account", "board", "pin", "collage", "edge", "redis", "cassandra");

  @TempDir private static Path folder;

  private final List<FaultRun> runs = new ArrayList<>();
  private Suite suite;

  @BeforeAll
  void start() {
    suite = Suite.start(folder.resolve("data"), Map.of());
  }

  @AfterAll
  void end() {
    suite.close();
  }

  private FaultRun fault(String name) {
    FaultRun run = new FaultRun(suite, name);
    runs.add(run);
    return run;
  }

  @Order(1)
  @ParameterizedTest
  @ValueSource(strings = {"account", "board", "pin", "edge", "redis", "cassandra"})
  void aFrozenProcessLosesNothing(String part) {
    Tally tally = fault("SIGSTOP of " + part).run(load -> freeze(part));
    if (part.equals("redis")) assertThat(tally.unserved()).as(tally.toString()).isEmpty();
  }

  private void freeze(String part) {
    ProcessHandle process = suite.launcher().process(part);
    Signals.freeze(process.pid());
    try {
      Awaitility.await().pollDelay(FROZEN).until(process::isAlive);
    } finally {
      Signals.thaw(process.pid());
    }
  }

  @Order(2)
  @ParameterizedTest
  @ValueSource(strings = {"account", "board", "pin", "edge", "redis", "cassandra"})
  void aKilledProcessLosesNothing(String part) {
    Tally tally =
        fault("kill -9 of " + part).run(load -> suite.launcher().killAndAwaitRestart(part));
    if (part.equals("redis")) assertThat(tally.unserved()).as(tally.toString()).isEmpty();
    if (!part.equals("edge")) assertThat(tally.unanswered()).as(tally.toString()).isZero();
  }

  @Test
  @Order(3)
  void theDeathOfEveryPartAtOnceLosesNothing() {
    fault("kill -9 of all together").run(load -> killAll());
  }

  private void killAll() {
    Map<String, Long> before = new HashMap<>();
    for (String part : PARTS) before.put(part, suite.launcher().process(part).pid());
    for (String part : PARTS) suite.launcher().process(part).destroyForcibly();
    before.forEach(suite.launcher()::awaitRestart);
  }

  @Test
  @Order(4)
  void withoutCassandraEveryRequestIsAnsweredInTheContractsShape() {
    fault("Cassandra dead").run(this::askWithoutCassandra);
  }

  /** The launcher sleeps meanwhile, so that nobody starts Cassandra again. */
  private void askWithoutCassandra(Load load) {
    RestClient client = load.owner();
    String board = load.boards().get(0);
    String pin = load.shared().get(0);
    ProcessHandle launcher = suite.launcher().process("launcher");
    ProcessHandle cassandra = suite.launcher().process("cassandra");
    Signals.freeze(launcher.pid());
    try {
      cassandra.destroyForcibly();
      load.awaitFailures(10, Duration.ofMinutes(1));
      String key = UUID.randomUUID().toString();
      Map<String, Answer> answers = new LinkedHashMap<>();
      answers.put("list boards", client.get("/boards"));
      answers.put("make a board", client.post("/boards", Bodies.board("Board " + key, ""), key));
      answers.put("change a board", client.patch("/boards/" + board, Bodies.description("0"), key));
      answers.put("list its Pins", client.get("/boards/" + board + "/pins"));
      answers.put("list Pins", client.get("/pins"));
      answers.put("make a Pin", client.post("/pins", Bodies.pin(board, "shared-x#0"), key));
      answers.put("move a Pin", client.patch("/pins/" + pin, Bodies.move(board), key));
      answers.put("delete a Pin", client.delete("/pins/" + pin));
      answers.forEach(
          (request, answer) -> {
            assertThat(answer.status()).as(request + ": " + answer.text()).isEqualTo(503);
            assertThat(answer.isWellFormed()).as(request + ": " + answer.text()).isTrue();
          });
    } finally {
      Signals.thaw(launcher.pid());
    }
    suite.launcher().awaitRestart("cassandra", cassandra.pid());
  }

  @Test
  @Order(5)
  void anEmptiedCacheLosesNothing() {
    Tally tally = fault("FLUSHALL").run(load -> flush(load));
    assertThat(tally.unserved()).as(tally.toString()).isEmpty();
  }

  private void flush(Load load) {
    RedisClient client = RedisClient.create(suite.redis());
    try (StatefulRedisConnection<String, String> redis = client.connect()) {
      for (int i = 0; i < 10; i++) {
        assertThat(redis.sync().flushall()).isEqualTo("OK");
        load.awaitWrites(5, Duration.ofMinutes(1));
      }
    } finally {
      client.shutdown();
    }
  }

  @Order(6)
  @ParameterizedTest
  @CsvSource({"collage, 15", "collage, 36", "pin, 36"})
  void aKilledProcessLosesNoEditAndMakesOnePinOfACollage(String part, int after) {
    RestClient client = suite.client("demo");
    String key = UUID.randomUUID().toString();
    String board = client.post("/boards", Bodies.board("Collages " + key, ""), key).textOf("id");
    List<CollageWriter> writers = new ArrayList<>();
    for (int i = 0; i < 6; i++) writers.add(new CollageWriter(client, board));
    CollageWriter.run(writers, after, () -> suite.launcher().killAndAwaitRestart(part));
    assertThat(client.walk("/boards/" + board + "/pins"))
        .extracting(pin -> pin.get("id").textValue())
        .containsExactlyInAnyOrderElementsOf(
            writers.stream().map(CollageWriter::publishedPin).toList());
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void nothingStaleIsReadOneSecondTenSecondsAndOneMinuteAfterAWrite() {
    runs.forEach(FaultRun::awaitProbe);
  }
}
