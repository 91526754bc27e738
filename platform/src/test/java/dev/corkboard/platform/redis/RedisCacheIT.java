// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Int64Value;
import dev.corkboard.stores.TestStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisCacheIT {

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
  void aValueIsLoadedOnceForAllProcesses() {
    store.put("7", 1);

    assertThat(a.read("7")).contains(1L);
    assertThat(b.read("7")).contains(1L);

    assertThat(store.loads()).isEqualTo(1);
    assertThat(b.count("cache.gets", "result", "hit")).isEqualTo(1);
    assertThat(a.count("cache.gets", "result", "miss")).isEqualTo(1);
    assertThat(a.count("cache.fills", "result", "stored")).isEqualTo(1);
    assertThat(a.meters.get("cache.load").timer().count()).isEqualTo(1);
  }

  @Test
  void absenceIsCachedUntilAWriteEndsIt() {
    assertThat(a.read("7")).isEmpty();
    assertThat(b.read("7")).isEmpty();
    assertThat(store.loads()).isEqualTo(1);
    assertThat(rig.raw().pttl(rig.key("c", "7"))).isBetween(1L, 15_000L);

    a.write("7", 1).join();

    assertThat(b.read("7")).contains(1L);
  }

  @Test
  void aMessageOfDefaultsIsNotTakenForAbsence() {
    store.put("7", 0);

    assertThat(a.read("7")).contains(0L);
    assertThat(b.read("7")).contains(0L);
    assertThat(store.loads()).isEqualTo(1);
  }

  @Test
  void aValueLivesAtMostItsTimeToLiveAndAtLeastTwoThirdsOfIt() {
    store.put("7", 1);
    a.read("7");

    // A few seconds less than two thirds of 120 s: the clock runs on until it is asked.
    assertThat(rig.raw().pttl(rig.key("c", "7"))).isBetween(70_000L, 120_000L);
  }

  @Test
  void theLifeOfAValueCountsFromItsLeaseNotFromItsFill() {
    CacheOptions brief = CacheOptions.of(rig.prefix, 1, Duration.ofMillis(200));
    CacheProcess process = rig.process(brief);
    store.put("7", 1).holdLoads(1);
    var read = process.get("7");
    await().until(() -> store.heldCount() == 1);
    await().until(() -> rig.raw().pttl(rig.key("l", "7")) < 2_800);

    store.put("7", 2);
    store.held(0).answer();

    assertThat(read.join()).contains(Int64Value.of(2));
    assertThat(process.count("cache.fills", "result", "refused")).isEqualTo(1);
  }

  @Test
  void ofTwoProcessesLoadingTheSameBothFill() {
    store.put("7", 1).holdLoads(2);
    var readA = a.get("7");
    await().until(() -> store.heldCount() == 1);
    var readB = b.get("7");
    await().until(() -> store.heldCount() == 2);

    store.held(1).answer();
    assertThat(readB.join()).contains(Int64Value.of(1));
    store.held(0).answer();
    assertThat(readA.join()).contains(Int64Value.of(1));

    assertThat(a.count("cache.fills", "result", "stored")).isEqualTo(1);
    assertThat(b.count("cache.fills", "result", "stored")).isEqualTo(1);
    assertThat(store.loads()).isEqualTo(2);
  }

  @Test
  void aFillThatIsAlwaysRefusedIsTriedThreeTimesAndAnsweredFromTheStore() {
    store.put("7", 1).holdLoads(3);
    var read = b.get("7");
    for (int attempt = 0; attempt < 3; attempt++) {
      int seen = attempt + 1;
      await().until(() -> store.heldCount() == seen);
      a.write("7", 10 + attempt).join();
      store.held(attempt).answer();
    }

    assertThat(read.join()).contains(Int64Value.of(11));
    assertThat(b.count("cache.fills", "result", "refused")).isEqualTo(3);
    assertThat(a.read("7")).contains(12L);
  }

  @Test
  void fiveThousandReadersOfAColdKeyCostOneLoad() {
    store.put("7", 1);
    List<CompletableFuture<Optional<Int64Value>>> reads = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      reads.add(a.get("7"));
    }

    assertThat(reads).allSatisfy(read -> assertThat(read.join()).contains(Int64Value.of(1)));
    assertThat(store.loads()).isEqualTo(1);
  }

  @Test
  void aFailedLoadIsTheReadersFailureAndIsNotCached() {
    store.put("7", 1);
    var failed =
        a.cache.get(
            "7", () -> CompletableFuture.failedFuture(new IllegalStateException("store down")));
    var thrown =
        a.cache.get(
            "8",
            () -> {
              throw new IllegalStateException("store down");
            });

    for (var read : List.of(failed, thrown)) {
      assertThatThrownBy(() -> read.toCompletableFuture().join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(IllegalStateException.class);
    }
    assertThat(a.read("7")).contains(1L);
  }

  @Test
  void bytesThatAreNotAMessageAreReadPastAndCounted() {
    store.put("7", 1);
    rig.raw().set(rig.key("c", "7"), "\u0001\u0007garbage");

    assertThat(a.read("7")).contains(1L);
    assertThat(a.count("cache.errors", "step", "decode")).isEqualTo(1);
  }

  @Test
  void idsWithBracesAndOtherPrefixesOrVersionsNeverMeet() {
    store.put("{x}", 1).put("x", 2);
    CacheProcess next = rig.process(CacheOptions.of(rig.prefix, 2, rig.options.ttl()));

    assertThat(a.read("{x}")).contains(1L);
    assertThat(a.read("x")).contains(2L);
    assertThat(next.read("x")).contains(2L);
    assertThat(store.loads()).isEqualTo(3);
  }
}
