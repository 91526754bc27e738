// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Int64Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CacheReadsTest {

  private final CacheOptions options = CacheOptions.of("test", 1, Duration.ofSeconds(5));
  private final VersionedStore store = new VersionedStore().put("1", 1).put("2", 1);
  private final InMemoryProtocol redis = new InMemoryProtocol();
  private final CacheProcess process = new CacheProcess(redis, options, store, 100);

  @Test
  void aRefusedFillIsTriedAgain() {
    store.holdLoads(1);
    var read = process.get("1");
    process.write("1", 2).join();

    store.held(0).answer();

    assertThat(read).isCompletedWithValue(Optional.of(Int64Value.of(2)));
    assertThat(store.loads()).isEqualTo(2);
  }

  @Test
  void processesThatMissAtOnceLoadOnceEachAndBothFill() {
    CacheProcess other = new CacheProcess(redis, options, store, 100);
    store.holdLoads(2);
    var read = process.get("1");
    var later = other.get("1");

    store.held(0).answer();
    assertThat(read).isCompletedWithValue(Optional.of(Int64Value.of(1)));
    store.held(1).answer();
    assertThat(later).isCompletedWithValue(Optional.of(Int64Value.of(1)));

    assertThat(process.count("cache.fills", "result", "stored")).isEqualTo(1);
    assertThat(other.count("cache.fills", "result", "stored")).isEqualTo(1);
    assertThat(process.read("1")).contains(1L);
    assertThat(store.loads()).isEqualTo(2);
  }

  @Test
  void aStoreSlowerThanTheLeaseIsNotAskedAgain() {
    store.holdLoads(1);
    var read = process.get("1");
    process.write("1", 2).join();
    process.timer.advance(options.lease());

    store.held(0).answer();

    assertThat(read).isCompletedWithValue(Optional.of(Int64Value.of(1)));
    assertThat(store.loads()).isEqualTo(1);
    assertThat(process.read("1")).contains(2L);
  }

  @Test
  void aLostLeaseOrFillIsALoadNotAnError() {
    process.link.lose(FaultyProtocol.Step.LEASE);
    assertThat(process.read("1")).contains(1L);
    process.link.lose(FaultyProtocol.Step.FILL);
    assertThat(process.read("1")).contains(1L);

    assertThat(process.count("cache.errors", "step", "lease")).isEqualTo(1);
    assertThat(process.count("cache.errors", "step", "fill")).isEqualTo(1);
    assertThat(store.loads()).isEqualTo(2);
  }

  @Test
  void withoutRedisManyIdsAreStillLoadedByOneCall() {
    process.link.cutOff();

    var found = process.cache.getAll(List.of("1", "2"), store::loadAll);

    assertThat(found.toCompletableFuture())
        .isCompletedWithValue(Map.of("1", Int64Value.of(1), "2", Int64Value.of(1)));
    assertThat(store.batches).containsExactly(List.of("1", "2"));
  }

  @Test
  void anIdAlreadyBeingLoadedIsNotLoadedAgainByAReaderOfMany() {
    store.holdLoads(1);
    var one = process.get("1");
    var many = process.cache.getAll(List.of("1", "2"), store::loadAll).toCompletableFuture();
    assertThat(store.batches).containsExactly(List.of("2"));
    assertThat(many).isNotDone();

    store.held(0).answer();

    assertThat(one).isCompletedWithValue(Optional.of(Int64Value.of(1)));
    assertThat(many).isCompletedWithValueMatching(found -> found.size() == 2);
    assertThat(store.batches).hasSize(1);
  }

  @Test
  void aReaderOfManyThatBeganAfterAWriteIsNotGivenALoadFromBeforeIt() {
    store.holdLoads(1);
    process.get("1");
    process.write("1", 2).join();
    var many = process.cache.getAll(List.of("1"), store::loadAll).toCompletableFuture();
    process.timer.advance(options.lease());

    store.held(0).answer();

    assertThat(many).isCompletedWithValue(Map.of("1", Int64Value.of(2)));
  }

  @Test
  void aLoaderThatGivesNullFailsItsReader() {
    var one = process.cache.get("1", () -> CompletableFuture.completedFuture(null));
    var many = process.cache.getAll(List.of("2"), ids -> CompletableFuture.completedFuture(null));

    for (var read : List.of(one, many)) {
      assertThatThrownBy(() -> read.toCompletableFuture().join())
          .hasCauseInstanceOf(NullPointerException.class);
    }
  }
}
