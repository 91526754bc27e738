// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corkboard.platform.redis.ConsistencyRun.Floor;
import dev.corkboard.platform.testing.Signals;
import dev.corkboard.stores.EmbeddedRedis;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes, one Redis, one store: random interleavings from a seed. {@code
 * -Dcorkboard.cache.seed} repeats a run's choices (not its thread timing), {@code
 * -Dcorkboard.cache.rounds} makes it longer.
 */
class RedisCacheConsistencyIT {

  private static final int ROUNDS = Integer.getInteger("corkboard.cache.rounds", 4);
  private static final int CLIENTS = 16;
  private static final int OPERATIONS = 150;

  @TempDir static Path folder;
  private static EmbeddedRedis server;
  private static final List<RedisConnection> processes = new ArrayList<>();
  private static RedisClient client;

  private final long seed =
      Long.getLong("corkboard.cache.seed", ThreadLocalRandom.current().nextLong());

  @BeforeAll
  static void start() {
    server = EmbeddedRedis.start(dev.corkboard.stores.RedisOptions.in(folder));
    client = RedisClient.create(server.uri());
    RedisOptions patient =
        RedisOptions.of(server.uri()).withTimeouts(CacheRig.PATIENT, CacheRig.PATIENT);
    for (int i = 0; i < 3; i++) {
      processes.add(RedisConnection.open(patient, new SimpleMeterRegistry()));
    }
  }

  @AfterAll
  static void stop() {
    processes.forEach(RedisConnection::close);
    client.shutdown();
    server.close();
  }

  private ConsistencyRun round(int round, Floor floor, UnaryOperator<CacheProtocol> protocol) {
    CacheOptions options = CacheOptions.of("t-" + UUID.randomUUID(), 1, Duration.ofMinutes(2));
    return round(round, floor, options, protocol);
  }

  private ConsistencyRun round(
      int round, Floor floor, CacheOptions options, UnaryOperator<CacheProtocol> protocol) {
    return new ConsistencyRun(seed + round, floor, processes, options, protocol);
  }

  /** Guards whose release was lost must not keep the cache out of the run. */
  private static CacheOptions shortGuards() {
    return CacheOptions.of("t-" + UUID.randomUUID(), 1, Duration.ofMinutes(2))
        .withGuardAndLease(Duration.ofMillis(100), Duration.ofSeconds(3));
  }

  private void assertConsistent(ConsistencyRun run) {
    assertThat(run.violations).as("seed %d", seed).isEmpty();
    assertThat(run.reads.get() + run.writes.get()).isEqualTo(CLIENTS * OPERATIONS);
  }

  @Test
  void noReadIsOlderThanWhatWasCommittedBeforeItBegan() {
    double hits = 0;
    double refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (ConsistencyRun run = round(round, Floor.COMMITTED, protocol -> protocol)) {
        run.run(CLIENTS, OPERATIONS);
        run.checkAllCurrent();
        assertConsistent(run);
        hits += run.sum("cache.gets", "result", "hit");
        refused += run.sum("cache.fills", "result", "refused");
      }
    }
    assertThat(hits).as("the cache was used").isPositive();
    assertThat(refused).as("reads and writes met").isPositive();
  }

  @Test
  void withEverythingEvictedAtRandomNoReadIsOlderThanAnAnsweredWrite() {
    for (int round = 0; round < ROUNDS; round++) {
      try (var eviction = client.connect();
          ConsistencyRun run = round(round, Floor.ANSWERED, protocol -> protocol)) {
        var running = CompletableFuture.runAsync(() -> run.run(CLIENTS, OPERATIONS));
        int flushes = 0;
        while (!running.isDone()) {
          eviction.sync().flushall();
          flushes++;
          run.delays
              .later(() -> CompletableFuture.completedFuture(null))
              .toCompletableFuture()
              .join();
        }
        running.join();
        run.checkAllCurrent();
        assertConsistent(run);
        assertThat(flushes).isGreaterThan(10);
      }
    }
  }

  @Test
  void withALinkThatLosesCommandsAProcessSeesItsOwnWritesAndAllAreCurrentInTheEnd() {
    for (int round = 0; round < ROUNDS; round++) {
      try (ConsistencyRun run =
          round(round, Floor.ANSWERED_HERE, shortGuards(), protocol -> protocol)) {
        run.lose(20);
        run.run(CLIENTS, OPERATIONS);
        assertThat(run.sum("cache.write.failures", "step", "guard")).isPositive();
        run.lose(0);
        await().until(run::nothingRemembered);
        run.checkAllCurrent();
        assertConsistent(run);
        assertThat(run.sum("cache.gets", "result", "hit")).isPositive();
        assertThat(run.sum("cache.gets", "result", "bypass")).isPositive();
      }
    }
  }

  @Test
  void withAServerThatFreezesAProcessSeesItsOwnWritesAndAllAreCurrentInTheEnd() {
    RedisOptions impatient = RedisOptions.of(server.uri()).withBreaker(20, Duration.ofMillis(100));
    List<RedisConnection> connections =
        List.of(
            RedisConnection.open(impatient, new SimpleMeterRegistry()),
            RedisConnection.open(impatient, new SimpleMeterRegistry()));
    try (ConsistencyRun run =
        new ConsistencyRun(
            seed, Floor.ANSWERED_HERE, connections, shortGuards(), protocol -> protocol)) {
      var running = CompletableFuture.runAsync(() -> run.run(CLIENTS, OPERATIONS));
      while (!running.isDone()) {
        Signals.freeze(server.pid());
        elapse(Duration.ofMillis(20L + run.delays.below(200)));
        Signals.thaw(server.pid());
        elapse(Duration.ofMillis(20L + run.delays.below(200)));
      }
      running.join();
      await().until(run::nothingRemembered);
      run.checkAllCurrent();
      assertConsistent(run);
      assertThat(run.sum("cache.errors", "step", "get")).isPositive();
      assertThat(run.sum("cache.gets", "result", "hit")).isPositive();
    } finally {
      connections.forEach(RedisConnection::close);
    }
  }

  /** How long the fault lasts. */
  private static void elapse(Duration fault) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(fault.toMillis(), TimeUnit.MILLISECONDS))
        .join();
  }

  @Test
  void theSameRunCatchesACacheWhoseWritersPlaceNoGuard() {
    try (ConsistencyRun run = round(0, Floor.COMMITTED, BrokenProtocols.Unguarded::new)) {
      run.run(CLIENTS, OPERATIONS);
      assertThat(run.violations).isNotEmpty();
    }
  }
}
