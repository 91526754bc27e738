// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.deploy.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

/** Faults that one service alone sees, under the same load: its cache is away, its clock is off. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PartialFaultsIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int WRITES_IN_FAULT = 40;

  @TempDir private static Path folder;

  private final List<FaultRun> runs = new ArrayList<>();
  private final Map<String, FaultProxy> caches = new HashMap<>();
  private Suite suite;

  @BeforeAll
  void start() {
    Path agent = ClockAgent.jar(folder);
    Map<String, String> settings = new HashMap<>();
    for (String service : List.of("account", "board", "pin")) {
      FaultProxy proxy = new FaultProxy();
      caches.put(service, proxy);
      setClock(service, Duration.ZERO);
      String prefix = service.toUpperCase(Locale.ROOT);
      settings.put(prefix + "_REDIS_URI", "redis://127.0.0.1:" + proxy.port());
      settings.put(
          prefix + "_JAVA_OPTIONS",
          Launcher.COMPILE_LESS + " -javaagent:" + agent + "=" + offset(service));
    }
    suite = Suite.start(folder.resolve("data"), settings);
    URI redis = URI.create(suite.redis());
    InetSocketAddress address = new InetSocketAddress(redis.getHost(), redis.getPort());
    caches.values().forEach(proxy -> proxy.target(address));
  }

  @AfterAll
  void end() {
    suite.close();
    caches.values().forEach(FaultProxy::close);
  }

  private static Path offset(String service) {
    return folder.resolve("clock-of-" + service);
  }

  private static void setClock(String service, Duration offset) {
    try {
      Files.writeString(offset(service), Long.toString(offset.toMillis()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FaultRun fault(String name) {
    FaultRun run = new FaultRun(suite, name);
    runs.add(run);
    return run;
  }

  @Order(1)
  @ParameterizedTest
  @CsvSource({"account, CUT", "board, CUT", "board, BLACK_HOLE", "pin, CUT", "pin, BLACK_HOLE"})
  void aServiceWithoutItsCacheServesAndLosesNothing(String service, FaultProxy.Mode mode) {
    Tally tally =
        fault("Redis cut off from " + service + " (" + mode + ")")
            .run(load -> cutOff(load, caches.get(service), mode));
    assertThat(tally.unserved()).as(tally.toString()).isEmpty();
  }

  private static void cutOff(Load load, FaultProxy cache, FaultProxy.Mode mode) {
    cache.mode(mode);
    try {
      load.awaitWrites(WRITES_IN_FAULT, LIMIT);
    } finally {
      cache.mode(FaultProxy.Mode.PASS);
    }
  }

  @Order(2)
  @ParameterizedTest
  @CsvSource({"account, 5", "board, -5", "pin, 5"})
  void aServiceWhoseClockIsOffLosesNothing(String service, int minutes) {
    fault("clock of " + service + " off by " + minutes + " min")
        .run(load -> turnClock(load, service, Duration.ofMinutes(minutes)));
  }

  private void turnClock(Load load, String service, Duration offset) {
    setClock(service, offset);
    suite.launcher().killAndAwaitRestart(service);
    load.awaitWrites(WRITES_IN_FAULT, LIMIT);
    setClock(service, Duration.ZERO);
    suite.launcher().killAndAwaitRestart(service);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void nothingStaleIsReadOneSecondTenSecondsAndOneMinuteAfterAWrite() {
    runs.forEach(FaultRun::awaitProbe);
  }
}
