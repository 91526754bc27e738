// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.platform.error.ApiException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdGeneratorTest {
  private static final long START = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();

  private final AtomicLong millis = new AtomicLong(START);
  private final AtomicLong from = new AtomicLong();
  private final AtomicLong until = new AtomicLong(Long.MAX_VALUE);

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return Instant.ofEpochMilli(millis.get());
        }
      };

  private IdGenerator generator(int node) {
    return new IdGenerator(() -> new Lease.Term(node, from.get(), until.get()), clock);
  }

  @Test
  void idsArePositiveGrowAndTellTheirTime() {
    IdGenerator ids = generator(Lease.MAX_NODE);
    long before = ids.next();
    millis.addAndGet(1);
    long after = ids.next();
    assertThat(before).isPositive();
    assertThat(after).isGreaterThan(before);
    assertThat(IdGenerator.millisOf(before)).isEqualTo(START);
    assertThat(IdGenerator.millisOf(after)).isEqualTo(START + 1);
  }

  @Test
  void aFullMillisecondBorrowsFromTheNext() {
    IdGenerator ids = generator(0);
    Set<Long> seen = new HashSet<>();
    long last = 0;
    for (int i = 0; i < 10_000; i++) {
      long id = ids.next();
      assertThat(id).isGreaterThan(last);
      assertThat(seen.add(id)).isTrue();
      last = id;
    }
  }

  @Test
  void aClockThatStepsBackRepeatsNothing() {
    IdGenerator ids = generator(3);
    long before = ids.next();
    millis.addAndGet(-4_000);
    assertThat(ids.next()).isGreaterThan(before);
    millis.addAndGet(-2_000);
    assertThatThrownBy(ids::next).isInstanceOf(ApiException.class);
    millis.set(START + 1);
    assertThat(ids.next()).isGreaterThan(before);
  }

  @Test
  void aLeaseThatRanOutRefuses() {
    IdGenerator ids = generator(3);
    until.set(START);
    assertThatThrownBy(ids::next).isInstanceOf(ApiException.class);
    until.set(START + 1);
    assertThat(ids.next()).isPositive();
  }

  @Test
  void aNodeTakenOverByAFastClockRepeatsNothingOfItsFormerHolder() {
    IdGenerator former = generator(3);
    millis.set(START + 2_000);
    long last = former.next();
    from.set(START + 3_000);
    millis.set(START + 1_000);
    assertThat(generator(3).next()).isGreaterThan(last);
    from.set(START + 60_000);
    assertThatThrownBy(generator(3)::next).isInstanceOf(ApiException.class);
  }

  @Test
  void threadsNeverShareAnId() throws InterruptedException {
    IdGenerator ids = generator(1);
    Set<Long> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch done = new CountDownLatch(8);
    for (int t = 0; t < 8; t++) {
      new Thread(
              () -> {
                for (int i = 0; i < 2_000; i++) seen.add(ids.next());
                done.countDown();
              })
          .start();
    }
    done.await();
    assertThat(seen).hasSize(16_000);
  }

  @Test
  void nodesNeverShareAnId() {
    assertThat(generator(1).next()).isNotEqualTo(generator(2).next());
  }
}
