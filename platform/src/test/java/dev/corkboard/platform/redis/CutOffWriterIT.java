// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Int64Value;
import dev.corkboard.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that cannot reach Redis writes what others, who can, have in their cache. */
class CutOffWriterIT {
  private static final Logger log = LoggerFactory.getLogger(CutOffWriterIT.class);
  private static final Duration TTL = Duration.ofSeconds(2);

  private final CacheRig rig = new CacheRig(TestStores.redis());
  private final VersionedStore store = rig.store;
  private final CacheOptions options = CacheOptions.of(rig.prefix, 1, TTL);
  private final CacheProcess other = rig.process(options);
  private final RedisConnection away =
      RedisConnection.open(
          RedisOptions.of("redis://127.0.0.1:" + closedPort()), new SimpleMeterRegistry());
  private final RedisCache<Int64Value> writer =
      RedisCache.of(away, options, Int64Value.parser(), new SimpleMeterRegistry());

  @AfterEach
  void close() {
    away.close();
    rig.close();
  }

  private static int closedPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long readByWriter() {
    return writer.get("1", store.loader("1")).toCompletableFuture().join().orElseThrow().getValue();
  }

  private long readByOther() {
    return other.read("1").orElseThrow();
  }

  @Test
  void othersAreBehindForTheTimeToLiveAndTheWriterNever() {
    store.put("1", 1);
    assertThat(readByOther()).isEqualTo(1);
    AtomicInteger stale = new AtomicInteger();
    AtomicLong oldest = new AtomicLong();

    writer.write(List.of("1"), store.commit("1", 2)).toCompletableFuture().join();
    long answered = System.nanoTime();
    Awaitility.await()
        .until(
            () -> {
              long began = System.nanoTime() - answered;
              assertThat(readByWriter()).isEqualTo(2);
              if (readByOther() == 2) return began > TTL.toNanos();
              stale.incrementAndGet();
              oldest.accumulateAndGet(began, Math::max);
              return false;
            });

    log.info(
        "writer cut off: stale reads of others {}, the last one began {} ms after the answer, time"
            + " to live {} ms",
        stale,
        TimeUnit.NANOSECONDS.toMillis(oldest.get()),
        TTL.toMillis());
    assertThat(stale.get()).as("others had it in their cache").isPositive();
    assertThat(oldest.get()).isLessThanOrEqualTo(TTL.toNanos());
  }

  @Test
  void nobodySeesWhatWasTakenAwayOnceThatWasAnswered() {
    store.put("1", 1);
    assertThat(readByOther()).isEqualTo(1);
    int before = 0;
    int after = 0;
    int stale = 0;

    CompletableFuture<Long> revoked =
        writer.revoke(List.of("1"), store.commit("1", 2)).toCompletableFuture();
    while (after < 1_000) {
      boolean answered = revoked.isDone();
      long seen = readByOther();
      if (answered) {
        after++;
        if (seen != 2) stale++;
      } else if (seen == 1) {
        before++;
      }
    }

    log.info(
        "access taken away by a writer cut off: reads of the old value before the answer {}, after"
            + " it {} of {}",
        before,
        stale,
        after);
    assertThat(before).as("others had it in their cache").isPositive();
    assertThat(stale).isZero();
  }
}
