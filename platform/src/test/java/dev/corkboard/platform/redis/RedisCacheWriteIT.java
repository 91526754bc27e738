// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Int64Value;
import dev.corkboard.stores.TestStores;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisCacheWriteIT {

  private static String redisUri() {
    return TestStores.redis();
  }

  private final CacheRig rig = new CacheRig(redisUri());
  private final VersionedStore store = rig.store;
  private final CacheProcess a = rig.process();
  private final CacheProcess b = rig.process();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aLoadFromBeforeAWriteIsNotFilledAfterIt() {
    store.put("7", 1).holdLoads(1);
    var read = b.get("7");
    await().until(() -> store.heldCount() == 1);

    a.write("7", 2).join();
    store.held(0).answer();

    assertThat(read.join()).contains(Int64Value.of(2));
    assertThat(b.count("cache.fills", "result", "refused")).isEqualTo(1);
    assertThat(a.read("7")).contains(2L);
    assertThat(store.loads()).isEqualTo(2);
  }

  @Test
  void aReaderDuringAWriteAnswersFromTheStoreAndFillsNothing() {
    store.put("7", 1);
    a.read("7");
    CompletableFuture<Void> commit = new CompletableFuture<>();
    var write = a.cache.write(List.of("7"), () -> commit).toCompletableFuture();
    await().until(() -> rig.exists("g", "7"));

    assertThat(b.read("7")).contains(1L);
    assertThat(rig.exists("c", "7")).isFalse();
    store.put("7", 2);
    assertThat(b.read("7")).contains(2L);
    assertThat(rig.exists("c", "7") || rig.exists("l", "7")).isFalse();

    commit.complete(null);
    write.join();
    assertThat(rig.exists("g", "7")).isFalse();
    assertThat(b.read("7")).contains(2L);
    assertThat(rig.exists("c", "7")).isTrue();
  }

  @Test
  void theGuardStandsUntilTheLastOfTwoWritersReleasesIt() {
    store.put("7", 1);
    CompletableFuture<Void> first = new CompletableFuture<>();
    CompletableFuture<Void> second = new CompletableFuture<>();
    var write1 = a.cache.write(List.of("7"), () -> first).toCompletableFuture();
    var write2 = b.cache.write(List.of("7"), () -> second).toCompletableFuture();
    await().until(() -> rig.raw().zcard(rig.key("g", "7")) == 2);

    first.complete(null);
    write1.join();
    b.read("7");
    assertThat(rig.exists("c", "7")).isFalse();

    second.complete(null);
    write2.join();
    b.read("7");
    assertThat(rig.exists("c", "7")).isTrue();
  }

  @Test
  void aWriterThatDiesBetweenCommitAndReleaseLeavesAGuardThatEnds() {
    CacheOptions mortal =
        rig.options.withGuardAndLease(Duration.ofMillis(400), Duration.ofMillis(300));
    CacheProcess dying = rig.process(mortal);
    store.put("7", 1);
    b.read("7");
    dying.link.lose(FaultyProtocol.Step.RELEASE, FaultyProtocol.Step.FORGET);

    dying.write("7", 2).join();

    assertThat(b.read("7")).contains(2L);
    await()
        .untilAsserted(
            () -> {
              assertThat(b.read("7")).contains(2L);
              assertThat(rig.exists("c", "7")).isTrue();
            });
  }

  @Test
  void aWriterThatDiesBeforeItsCommitLeavesAGuardThatEnds() {
    CacheOptions mortal =
        rig.options.withGuardAndLease(Duration.ofMillis(400), Duration.ofMillis(300));
    CacheProcess dying = rig.process(mortal);
    store.put("7", 1);
    dying.cache.write(List.of("7"), CompletableFuture<Void>::new);

    await()
        .untilAsserted(
            () -> {
              assertThat(b.read("7")).contains(1L);
              assertThat(rig.exists("c", "7")).isTrue();
            });
  }

  @Test
  void aCommitOfUnknownOutcomeKeepsItsGuardAndAKnownFailureDoesNot() {
    CacheProcess process =
        rig.process(rig.options.withOutcomeUnknown(e -> e instanceof IllegalStateException));
    store.put("7", 1).put("8", 1);

    assertThatThrownBy(() -> fail(process, "7", new IllegalStateException("timeout")).join())
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> fail(process, "8", new IllegalArgumentException("no")).join())
        .hasCauseInstanceOf(IllegalArgumentException.class);

    assertThat(rig.exists("g", "7")).isTrue();
    assertThat(rig.exists("g", "8")).isFalse();
    b.read("7");
    assertThat(rig.exists("c", "7")).isFalse();
    store.put("7", 2);
    assertThat(b.read("7")).contains(2L);
    assertThat(process.count("cache.commits", "outcome", "unknown")).isEqualTo(1);
  }

  private static CompletableFuture<Void> fail(CacheProcess process, String id, Exception e) {
    return process
        .cache
        .<Void>write(List.of(id), () -> CompletableFuture.failedFuture(e))
        .toCompletableFuture();
  }

  @Test
  void aReaderWhoWroteIsNotGivenALoadFromBeforeItsWrite() {
    store.put("7", 1).holdLoads(1);
    var before = a.get("7");
    await().until(() -> store.heldCount() == 1);
    a.write("7", 2).join();
    var after = a.get("7");

    store.held(0).answer();

    assertThat(after.join()).contains(Int64Value.of(2));
    assertThat(before).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void aReaderInAnotherProcessIsNotGivenALoadFromBeforeTheWriteEither() {
    store.put("7", 1).holdLoads(1);
    var before = b.get("7");
    await().until(() -> store.heldCount() == 1);
    a.write("7", 2).join();
    var after = b.get("7");

    store.held(0).answer();

    assertThat(after.join()).contains(Int64Value.of(2));
    assertThat(before).succeedsWithin(Duration.ofSeconds(20));
  }

  @Test
  void aRevocationThatReachedRedisIsAnsweredAtOnce() {
    store.put("7", 1);
    b.read("7");

    a.revoke("7", 2).join();

    assertThat(b.read("7")).contains(2L);
    assertThat(a.timer.waiting()).isZero();
  }
}
