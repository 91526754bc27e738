// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.platform.redis.RedisConnection;
import dev.corkboard.stores.TestStores;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisLimiterIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<RedisConnection> connections = new ArrayList<>();
  private final RedisClient client = RedisClient.create(TestStores.redis());
  private final StatefulRedisConnection<String, String> redis = client.connect();
  private final String somebody = UUID.randomUUID().toString();

  @AfterEach
  void close() {
    connections.forEach(RedisConnection::close);
    client.shutdown();
  }

  private Limiter limiter(int requests, Duration period) {
    RedisConnection connection = RedisConnection.open(TestStores.redis(), metrics);
    connections.add(connection);
    return new RedisLimiter(
        new RateLimits(Map.of(Category.ORG_READ, new Limit(requests, period)), PATIENCE),
        connection,
        metrics);
  }

  private static Verdict take(Limiter limiter, String... subject) {
    return limiter.take(Category.ORG_READ, subject).toCompletableFuture().join();
  }

  /** The keys of this limit. */
  private Set<String> keys(String limit) {
    Set<String> keys = new HashSet<>();
    ScanIterator.scan(redis.sync(), ScanArgs.Builder.matches("rate:*:" + limit + ":*"))
        .forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void aBucketIsUsedUpAndSaysWhenToComeBack() {
    Limiter limiter = limiter(2, Duration.ofHours(2));
    assertThat(take(limiter, somebody))
        .isEqualTo(new Verdict(Verdict.Kind.ADMITTED, 2, 1, 3_600, 0));
    Verdict last = take(limiter, somebody);
    assertThat(last.kind()).isEqualTo(Verdict.Kind.ADMITTED);
    assertThat(last.remaining()).isZero();
    Verdict refused = take(limiter, somebody);
    assertThat(refused.kind()).isEqualTo(Verdict.Kind.REFUSED);
    assertThat(refused.retrySeconds()).isBetween(1L, 3_600L);
    assertThat(refused.resetSeconds()).isBetween(refused.retrySeconds(), 7_200L);
    assertThat(
            metrics
                .get("corkboard.edge.limits")
                .tags("category", "org_read", "verdict", "refused")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void manyAtOnceThroughTwoEdgesGetNotOneTooMany() {
    List<Limiter> edges =
        List.of(limiter(100, Duration.ofHours(24)), limiter(100, Duration.ofHours(24)));
    edges.forEach(edge -> take(edge, "warm", somebody));
    List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      verdicts.add(edges.get(i % 2).take(Category.ORG_READ, somebody).toCompletableFuture());
    }
    assertThat(verdicts.stream().map(CompletableFuture::join).map(Verdict::kind))
        .doesNotContain(Verdict.Kind.UNKNOWN)
        .filteredOn(kind -> kind == Verdict.Kind.ADMITTED)
        .hasSize(100);
  }

  @Test
  void anotherSubjectOrLimitIsAnotherBucket() {
    Limiter limiter = limiter(1, Duration.ofHours(3));
    take(limiter, "a", somebody);
    assertThat(take(limiter, "a", somebody).kind()).isEqualTo(Verdict.Kind.REFUSED);
    assertThat(take(limiter, "", "a" + somebody).kind()).isEqualTo(Verdict.Kind.ADMITTED);
    assertThat(take(limiter, "b", somebody).kind()).isEqualTo(Verdict.Kind.ADMITTED);
    assertThat(take(limiter(2, Duration.ofHours(3)), "a", somebody).remaining()).isEqualTo(1);
  }

  @Test
  void aBucketIsAShortKeyThatGoesByItself() {
    Limiter limiter = limiter(3, Duration.ofSeconds(59));
    take(limiter, somebody.repeat(10_000));
    assertThat(keys("3/59s"))
        .hasSize(1)
        .allSatisfy(
            key -> {
              assertThat(key).hasSizeLessThan(100);
              assertThat(redis.sync().pttl(key)).isBetween(1L, 60_000L);
            });
  }

  @Test
  void whatHasNoLimitIsNotCounted() {
    Limiter limiter = limiter(1, Duration.ofHours(4));
    assertThat(limiter.take(Category.SIGN_IN, somebody).toCompletableFuture().join())
        .isEqualTo(Verdict.UNLIMITED);
    assertThat(keys("1/14400s")).isEmpty();
  }

  @Test
  void timeIsThatOfRedis() {
    var commands = client.connect(ByteArrayCodec.INSTANCE);
    RedisClock clock = new RedisClock();
    long before = now();
    clock.read(commands.async()).toCompletableFuture().join();
    assertThat(clock.currentTimeNanos()).isBetween(before, now());
  }

  private long now() {
    List<String> time = redis.sync().time();
    return Long.parseLong(time.get(0)) * 1_000_000_000 + Long.parseLong(time.get(1)) * 1_000;
  }
}
