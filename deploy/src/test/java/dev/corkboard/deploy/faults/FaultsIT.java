// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Breaks the processes of one installation, one fault after another, under a steady load, and
 * compares what clients were told with what is there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {
  private static final Duration FROZEN = Duration.ofSeconds(8);

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
    if (part.equals("redis")) assertThat(tally.failed()).as(tally.toString()).isZero();
  }

  private void freeze(String part) {
    ProcessHandle process = suite.launcher().process(part);
    Signals.stop(process);
    try {
      Awaitility.await().pollDelay(FROZEN).until(process::isAlive);
    } finally {
      Signals.resume(process);
    }
  }

  @Test
  @Order(2)
  void anEmptiedCacheLosesNothing() {
    Tally tally = fault("FLUSHALL").run(load -> flush(load));
    assertThat(tally.failed()).as(tally.toString()).isZero();
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

  @Test
  @Order(Integer.MAX_VALUE)
  void nothingStaleIsReadOneSecondTenSecondsAndOneMinuteAfterAWrite() {
    runs.forEach(FaultRun::awaitProbe);
  }
}
