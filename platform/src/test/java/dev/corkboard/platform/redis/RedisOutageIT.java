// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Int64Value;
import dev.corkboard.platform.testing.Signals;
import dev.corkboard.stores.EmbeddedRedis;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test stops or kills a Redis of its own. */
class RedisOutageIT {

  private static final Duration ANSWER = Duration.ofSeconds(20);

  @TempDir Path folder;
  private EmbeddedRedis server;
  private CacheRig rig;
  private VersionedStore store;
  private CacheProcess process;

  @BeforeEach
  void start() {
    server = EmbeddedRedis.start(dev.corkboard.stores.RedisOptions.in(folder));
    rig = new CacheRig(quickBreaker(RedisOptions.of(server.uri())));
    store = rig.store;
    process = rig.process();
  }

  @AfterEach
  void stop() {
    rig.close();
    server.kill();
  }

  private static RedisOptions quickBreaker(RedisOptions options) {
    return options.withBreaker(10, Duration.ofMillis(300));
  }

  private void restart() {
    server =
        EmbeddedRedis.start(dev.corkboard.stores.RedisOptions.in(folder).withPort(server.port()));
  }

  private void killServer() {
    server.kill();
    server.onExit().join();
    await().until(() -> !rig.redis.connected());
  }

  @Test
  void aFrozenRedisIsAMissAndNeverAnError() {
    store.put("7", 1).put("8", 1);
    process.read("7");
    Signals.freeze(server.pid());

    store.put("7", 2);
    assertThat(process.get("7")).succeedsWithin(ANSWER).isEqualTo(Optional.of(Int64Value.of(2)));
    assertThat(process.write("7", 3)).succeedsWithin(ANSWER).isEqualTo(3L);
    assertThat(process.get("7")).succeedsWithin(ANSWER).isEqualTo(Optional.of(Int64Value.of(3)));
    assertThat(process.cache.getAll(List.of("7", "8"), store::loadAll).toCompletableFuture())
        .succeedsWithin(ANSWER)
        .satisfies(found -> assertThat(found).hasSize(2));

    assertThat(process.count("cache.errors", "step", "get")).isPositive();
    assertThat(process.count("cache.write.failures", "step", "guard")).isEqualTo(1);
    assertThat(process.remembered()).isEqualTo(1);
  }

  @Test
  void theBreakerOpensOnAFrozenRedisAndClosesWhenItIsBack() {
    store.put("7", 1);
    Signals.freeze(server.pid());
    await()
        .untilAsserted(
            () -> {
              assertThat(process.read("7")).contains(1L);
              assertThat(rig.redis.breakerState()).isEqualTo(CircuitBreaker.State.OPEN);
            });
    assertThat(rig.meters.get("redis.breaker.state").tag("state", "open").gauge().value())
        .isEqualTo(1);

    Signals.thaw(server.pid());
    await()
        .untilAsserted(
            () -> {
              assertThat(process.read("7")).contains(1L);
              assertThat(rig.redis.breakerState()).isEqualTo(CircuitBreaker.State.CLOSED);
            });
    await().untilAsserted(() -> assertHit("7", 1));
  }

  private void assertHit(String id, long version) {
    double hits = process.count("cache.gets", "result", "hit");
    assertThat(process.read(id)).contains(version);
    assertThat(process.count("cache.gets", "result", "hit")).isGreaterThan(hits);
  }

  @Test
  void manyReadersOfOneKeyWithoutRedisDoNotLoadEachForThemselves() {
    store.put("7", 1);
    killServer();
    store.holdLoads(1);
    List<CompletableFuture<Optional<Int64Value>>> reads = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      reads.add(process.get("7"));
    }
    store.held(0).answer();

    assertThat(reads).allSatisfy(read -> assertThat(read).succeedsWithin(ANSWER));
    assertThat(store.loads()).isEqualTo(2);
  }

  @Test
  void keysWrittenWhileRedisWasDeadAreDeletedBeforeTheyAreReadThereAgain() {
    store.put("7", 1).put("8", 1);
    process.read("7");
    killServer();
    assertThat(process.write("7", 2)).succeedsWithin(ANSWER);
    assertThat(process.read("7")).contains(2L);
    assertThat(process.remembered()).isEqualTo(1);

    restart();
    await().until(rig.redis::connected);
    // What a process that still reached Redis may have left there.
    rig.raw().set(rig.key("c", "7"), stale(1));
    assertThat(process.read("7")).contains(2L);
    assertThat(process.read("8")).contains(1L);
    assertHit("8", 1);
    assertThat(process.count("cache.gets", "result", "bypass")).isEqualTo(2);

    await()
        .untilAsserted(
            () -> {
              process.flush();
              assertThat(process.remembered()).isZero();
            });
    assertThat(rig.exists("c", "7")).isFalse();
    assertThat(process.read("7")).contains(2L);
    assertHit("7", 2);
  }

  private static String stale(long version) {
    byte[] message = Int64Value.of(version).toByteArray();
    return "\u0001" + new String(message, StandardCharsets.US_ASCII);
  }

  @Test
  void whatOneProcessWroteCutOffIsGoneForOthersOnceItIsBack() {
    CacheProcess other = rig.process();
    store.put("7", 1);
    other.read("7");
    process.link.cutOff();

    process.write("7", 2).join();

    assertThat(process.read("7")).contains(2L);
    assertThat(other.read("7")).as("stale for others, for its time to live").contains(1L);
    process.flush();
    assertThat(process.remembered()).isEqualTo(1);

    process.link.heal();
    process.flush();
    await().untilAsserted(() -> assertThat(process.remembered()).isZero());
    assertThat(other.read("7")).contains(2L);
  }

  @Test
  void aRevocationThatCouldNotReachRedisIsAnsweredWhenNobodyCanHoldTheOldValue() {
    CacheOptions brief = CacheOptions.of(rig.prefix, 1, Duration.ofMillis(500));
    CacheProcess revoker = rig.process(brief);
    CacheProcess other = rig.process(brief);
    store.put("7", 1);
    other.read("7");
    revoker.link.cutOff();

    var revoked = revoker.revoke("7", 2);

    assertThat(revoker.read("7")).contains(2L);
    revoker.timer.advance(brief.ttl().minusMillis(1));
    assertThat(revoked).isNotDone();
    assertThat(revoker.count("cache.commits", "outcome", "waited")).isEqualTo(1);
    // The revoker's clock is the test's, the server's is real.
    await().until(() -> !rig.exists("c", "7"));
    revoker.timer.advance(Duration.ofMillis(1));
    assertThat(revoked).succeedsWithin(ANSWER);
    assertThat(other.read("7")).contains(2L);
  }

  @Test
  void aRevocationThatFailedIsAnsweredAtOnce() {
    process.link.cutOff();

    var revoked =
        process
            .cache
            .<Void>revoke(
                List.of("7"), () -> CompletableFuture.failedFuture(new IllegalStateException()))
            .toCompletableFuture();

    assertThat(revoked).failsWithin(ANSWER);
    assertThat(process.count("cache.commits", "outcome", "waited")).isZero();
  }

  @Test
  void openingWithoutRedisSucceedsAndConnectsWhenItComes() {
    int port = server.port();
    killServer();
    try (RedisConnection early =
        RedisConnection.open(
            RedisOptions.of("redis://127.0.0.1:" + port).withTimeouts(ANSWER, ANSWER),
            new SimpleMeterRegistry())) {
      CacheProcess patient = new CacheProcess(early, rig.options, store);
      store.put("7", 1);
      assertThat(early.connected()).isFalse();
      assertThat(patient.read("7")).contains(1L);

      restart();
      await().until(early::connected);
      patient.read("7");
      patient.read("7");
      assertThat(patient.count("cache.gets", "result", "hit")).isEqualTo(1);
    }
  }

  @Test
  void openingWhileRedisIsFrozenSucceedsAndConnectsWhenItAnswers() {
    Signals.freeze(server.pid());
    try (RedisConnection early =
        RedisConnection.open(RedisOptions.of(server.uri()), new SimpleMeterRegistry())) {
      CacheProcess patient = new CacheProcess(early, rig.options, store);
      assertThat(patient.read("7")).isEmpty();

      Signals.thaw(server.pid());
      await().until(early::connected);
    }
  }

  @Test
  void aFullRedisIsAMissAndWritesAreRememberedUntilTheirKeysAreDeleted() {
    store.put("7", 1).put("8", 1);
    process.read("7");
    rig.raw().configSet("maxmemory-policy", "noeviction");
    rig.raw().configSet("maxmemory", "1");

    assertThat(process.read("8")).contains(1L);
    assertThat(process.write("7", 2)).succeedsWithin(ANSWER);
    assertThat(process.read("7")).contains(2L);
    assertThat(rig.redis.breakerState()).isEqualTo(CircuitBreaker.State.CLOSED);
    assertThat(process.count("cache.errors", "step", "lease")).isPositive();

    rig.raw().configSet("maxmemory", "0");
    await()
        .untilAsserted(
            () -> {
              process.flush();
              assertThat(process.remembered()).isZero();
            });
    assertThat(process.read("7")).contains(2L);
  }
}
