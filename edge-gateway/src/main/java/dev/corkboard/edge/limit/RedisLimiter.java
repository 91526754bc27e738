// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.corkboard.platform.redis.RedisConnection;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Token buckets in Redis, shared by all edges, under {@code rate:} keys that live as long as their
 * bucket takes to fill. A Redis that does not answer in time leaves the verdict unknown.
 */
public final class RedisLimiter implements Limiter {
  private static final Duration BEYOND_FULL = Duration.ofSeconds(1);
  private static final long MAX_BUCKETS = 10_000;

  private final RateLimits limits;
  private final RedisConnection redis;
  private final MeterRegistry metrics;
  private final RedisClock clock = new RedisClock();

  /** Requests for one bucket that come in while it is asked go to Redis together. */
  private final Cache<String, AsyncBucketProxy> buckets =
      Caffeine.newBuilder().maximumSize(MAX_BUCKETS).build();

  public RedisLimiter(RateLimits limits, RedisConnection redis, MeterRegistry metrics) {
    this.limits = limits;
    this.redis = redis;
    this.metrics = metrics;
  }

  @Override
  public CompletionStage<Verdict> take(Category category, String... subject) {
    Optional<Limit> limit = limits.of(category);
    if (limit.isEmpty()) return CompletableFuture.completedStage(Verdict.UNLIMITED);
    String key = key(category, limit.get(), subject);
    return redis
        .send(
            "rate limit",
            limits.timeout(),
            commands ->
                clock
                    .read(commands)
                    .thenCompose(
                        read ->
                            buckets
                                .get(key, absent -> bucket(commands, key, limit.get()))
                                .tryConsumeAndReturnRemaining(1)))
        .handle((probe, failure) -> verdict(key, limit.get(), probe))
        .whenComplete((verdict, never) -> count(category, verdict));
  }

  /** Of one length whatever the subject; another limit is another bucket. */
  private static String key(Category category, Limit limit, String... subject) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (String part : subject) {
      hasher.putInt(part.length()).putString(part, StandardCharsets.UTF_8);
    }
    return "rate:" + category.id() + ":" + limit + ":" + hasher.hash();
  }

  private AsyncBucketProxy bucket(
      RedisAsyncCommands<byte[], byte[]> commands, String key, Limit limit) {
    BucketConfiguration configuration =
        BucketConfiguration.builder()
            .addLimit(
                bandwidth ->
                    bandwidth
                        .capacity(limit.requests())
                        .refillGreedy(limit.requests(), limit.period()))
            .build();
    return Bucket4jLettuce.casBasedBuilder(commands)
        .clientClock(clock)
        .requestTimeout(limits.timeout())
        .expirationAfterWrite(
            ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(BEYOND_FULL))
        .build()
        .asAsync()
        .builder()
        .withOptimization(Optimizations.batching())
        .build(
            key.getBytes(StandardCharsets.UTF_8),
            () -> CompletableFuture.completedFuture(configuration));
  }

  private Verdict verdict(String key, Limit limit, ConsumptionProbe probe) {
    if (probe == null) {
      // One that got stuck in the failure would stay so.
      buckets.invalidate(key);
      return Verdict.UNKNOWN;
    }
    return new Verdict(
        probe.isConsumed() ? Verdict.Kind.ADMITTED : Verdict.Kind.REFUSED,
        limit.requests(),
        probe.getRemainingTokens(),
        seconds(probe.getNanosToWaitForReset()),
        seconds(probe.getNanosToWaitForRefill()));
  }

  private static long seconds(long nanos) {
    long second = TimeUnit.SECONDS.toNanos(1);
    return nanos / second + (nanos % second == 0 ? 0 : 1);
  }

  private void count(Category category, Verdict verdict) {
    Counter.builder("corkboard.edge.limits")
        .description("Requests that were held to a limit, by category and verdict.")
        .tags("category", category.id())
        .tag("verdict", verdict.kind().name().toLowerCase(Locale.ROOT))
        .register(metrics)
        .increment();
  }
}
