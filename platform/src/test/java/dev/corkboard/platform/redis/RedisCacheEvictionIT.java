// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Int64Value;
import dev.corkboard.stores.EmbeddedRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a Redis of its own: these tests empty it. */
class RedisCacheEvictionIT {

  @TempDir static Path folder;
  private static EmbeddedRedis server;

  @BeforeAll
  static void start() {
    server = EmbeddedRedis.start(dev.corkboard.stores.RedisOptions.in(folder));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String redisUri() {
    return server.uri();
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
  void everythingEvictedBetweenLeaseAndFillRefusesTheFill() {
    store.put("7", 1).holdLoads(1);
    var read = b.get("7");
    await().until(() -> store.heldCount() == 1);

    rig.raw().flushall();
    a.write("7", 2).join();
    rig.raw().flushall();
    store.held(0).answer();

    assertThat(read.join()).contains(Int64Value.of(2));
    assertThat(a.read("7")).contains(2L);
  }

  @Test
  void everythingEvictedDuringAWriteLeavesNothingStaleOnceItIsAnswered() {
    store.put("7", 1);
    CompletableFuture<Void> commit = new CompletableFuture<>();
    var write = a.cache.write(List.of("7"), () -> commit).toCompletableFuture();
    await().until(() -> rig.exists("g", "7"));

    rig.raw().flushall();
    assertThat(b.read("7")).contains(1L);
    assertThat(rig.exists("c", "7")).isTrue();
    store.put("7", 2);
    commit.complete(null);
    write.join();

    assertThat(b.read("7")).contains(2L);
  }

  @Test
  void aServerThatForgotTheScriptsIsTaughtThemAgain() {
    store.put("7", 1);
    rig.raw().scriptFlush();
    assertThat(a.read("7")).contains(1L);
    rig.raw().scriptFlush();
    a.write("7", 2).join();
    assertThat(b.read("7")).contains(2L);
    assertThat(b.read("7")).contains(2L);

    assertThat(a.count("cache.errors", "step", "lease")).isZero();
    assertThat(a.count("cache.write.failures", "step", "guard")).isZero();
    assertThat(store.loads()).isEqualTo(2);
  }
}
