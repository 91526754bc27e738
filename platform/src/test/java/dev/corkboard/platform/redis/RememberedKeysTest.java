// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RememberedKeysTest {

  private static final Duration TTL = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofMillis(100);

  private final ManualTimer timer = new ManualTimer();
  private final InMemoryProtocol redis = new InMemoryProtocol();
  private final FaultyProtocol link = new FaultyProtocol(redis);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RememberedKeys keys = keys(3);

  private RememberedKeys keys(int capacity) {
    return new RememberedKeys(link, timer, new CacheMetrics(meters, "test"), TTL, capacity);
  }

  @Test
  void aWrittenIdIsRememberedUntilItsDeletionIsConfirmed() {
    link.cutOff();
    keys.end(keys.begin(List.of("1")), Duration.ZERO);
    timer.advance(RETRY);
    timer.advance(RETRY);
    assertThat(keys.contains("1")).isTrue();
    assertThat(keys.contains("2")).isFalse();

    link.heal();
    timer.advance(RETRY);

    assertThat(keys.contains("1")).isFalse();
    assertThat(redis.steps).containsExactly("forget [1]");
    assertThat(timer.waiting()).as("nothing is tried any more").isZero();
  }

  @Test
  void nothingIsDeletedBeforeTheCommitHasEnded() {
    var running = keys.begin(List.of("1"));
    keys.end(keys.begin(List.of("1", "2")), Duration.ZERO);

    timer.advance(RETRY);
    assertThat(redis.steps).containsExactly("forget [2]");
    assertThat(keys.contains("1")).isTrue();

    keys.end(running, Duration.ZERO);
    timer.advance(RETRY);
    assertThat(redis.steps).containsExactly("forget [2]", "forget [1]");
    assertThat(keys.contains("1")).isFalse();
  }

  @Test
  void aCommitThatMayStillHappenIsDeletedAfterItCanNoLonger() {
    keys.end(keys.begin(List.of("1")), Duration.ofSeconds(10));
    timer.advance(Duration.ofMillis(9_999));
    assertThat(redis.steps).isEmpty();
    assertThat(keys.contains("1")).isTrue();

    timer.advance(RETRY);
    timer.advance(RETRY);
    assertThat(keys.contains("1")).isFalse();
  }

  @Test
  void manyIdsAreDeletedInBatchesWithoutWaiting() {
    RememberedKeys many = keys(2_000);
    List<String> ids = IntStream.range(0, 1_200).mapToObj(Integer::toString).toList();
    many.end(many.begin(ids), Duration.ZERO);

    timer.advance(RETRY);
    timer.advance(Duration.ZERO);
    timer.advance(Duration.ZERO);

    assertThat(ids).noneMatch(many::contains);
    assertThat(redis.steps).hasSize(3);
  }

  @Test
  void beyondTheCapacityTheWholeCacheIsPassedByForOneTimeToLive() {
    keys.end(keys.begin(List.of("1", "2", "3")), Duration.ZERO);
    var overflowing = keys.begin(List.of("3", "4"));
    assertThat(keys.contains("anything")).isTrue();
    timer.advance(Duration.ofHours(1));
    assertThat(keys.contains("anything")).as("while the commit runs").isTrue();

    keys.end(overflowing, Duration.ZERO);
    timer.advance(TTL.minusNanos(1));
    assertThat(keys.contains("anything")).isTrue();
    timer.advance(Duration.ofNanos(1));
    assertThat(keys.contains("anything")).isFalse();
    assertThat(meters.get("cache.remembered.overflows").counter().count()).isEqualTo(1);
  }

  @Test
  void theLastOfSeveralOverflowingWritesDecides() {
    keys.begin(List.of("1", "2", "3"));
    var first = keys.begin(List.of("4"));
    var second = keys.begin(List.of("5"));
    keys.end(first, Duration.ZERO);
    timer.advance(TTL);
    assertThat(keys.contains("4")).isTrue();
    keys.end(second, Duration.ZERO);
    timer.advance(TTL);
    assertThat(keys.contains("4")).isFalse();
  }
}
