// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Int64Value;
import dev.corkboard.stores.TestStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisCacheManyIT {

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
  void manyIdsAreAnsweredInOrderWithOneLoadOfAllThatMiss() {
    store.put("1", 1).put("2", 2).put("3", 3).put("5", 5);
    a.read("2");
    a.read("4");

    var ids = List.of("5", "4", "3", "2", "1", "6", "3");
    var found = b.cache.getAll(ids, store::loadAll).toCompletableFuture().join();

    assertThat(found)
        .containsExactly(
            Map.entry("5", Int64Value.of(5)),
            Map.entry("3", Int64Value.of(3)),
            Map.entry("2", Int64Value.of(2)),
            Map.entry("1", Int64Value.of(1)));
    assertThat(store.batches).containsExactly(List.of("5", "3", "1", "6"));

    assertThat(a.cache.getAll(ids, store::loadAll).toCompletableFuture().join()).isEqualTo(found);
    assertThat(store.batches).hasSize(1);
  }

  @Test
  void concurrentReadersOfManyColdIdsShareTheirLoads() {
    List<String> ids = List.of("1", "2", "3");
    ids.forEach(id -> store.put(id, 1));
    List<CompletableFuture<Map<String, Int64Value>>> reads = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      reads.add(a.cache.getAll(ids, store::loadAll).toCompletableFuture());
    }

    assertThat(reads).allSatisfy(read -> assertThat(read.join()).hasSize(3));
    assertThat(store.batches).hasSize(1);
  }

  @Test
  void manyIdsReadWhileOneOfThemIsWrittenFillOnlyTheOthers() {
    store.put("1", 1).put("2", 1);
    CompletableFuture<Void> commit = new CompletableFuture<>();
    var write = a.cache.write(List.of("1"), () -> commit).toCompletableFuture();
    await().until(() -> rig.exists("g", "1"));

    var found = b.cache.getAll(List.of("1", "2"), store::loadAll).toCompletableFuture().join();

    assertThat(found).hasSize(2);
    assertThat(rig.exists("c", "1")).isFalse();
    assertThat(rig.exists("c", "2")).isTrue();
    commit.complete(null);
    write.join();
  }

  @Test
  void aFailedLoadOfManyIsTheReadersFailure() {
    var read =
        a.cache.getAll(
            List.of("1", "2"),
            ids -> CompletableFuture.failedFuture(new IllegalStateException("store down")));

    assertThatThrownBy(() -> read.toCompletableFuture().join())
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void noIdsAreNoLoad() {
    assertThat(a.cache.getAll(List.of(), store::loadAll).toCompletableFuture().join()).isEmpty();
    assertThat(store.batches).isEmpty();
  }
}
