// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Reads what was written again, later and as another account as well: a reader must see the change
 * that was acknowledged when it began, or a later one.
 */
final class Probe implements AutoCloseable {
  private static final List<Duration> DELAYS =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(60));

  private final List<RestClient> readers;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
  private final AtomicInteger due = new AtomicInteger();
  private final AtomicInteger checked = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Queue<String> stale = new ConcurrentLinkedQueue<>();

  Probe(List<RestClient> readers) {
    this.readers = readers;
  }

  /** To be called after a change of the Pin was acknowledged. */
  void watch(OwnedPin pin) {
    for (int i = 0; i < DELAYS.size(); i++) {
      RestClient reader = readers.get((due.incrementAndGet() + i) % readers.size());
      Duration delay = DELAYS.get(i);
      threads.schedule(() -> look(pin, reader, delay), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look(OwnedPin pin, RestClient reader, Duration delay) {
    try {
      OwnedPin.Change floor = pin.current();
      Answer answer = reader.get("/pins/" + pin.id());
      if (!answer.isOk() && answer.status() != 404) {
        unanswered.incrementAndGet();
        return;
      }
      checked.incrementAndGet();
      boolean fresh = pin.seen(answer).filter(seen -> seen.number() >= floor.number()).isPresent();
      if (!fresh) stale.add("after " + delay + ", not yet " + floor + ": " + answer.text());
    } finally {
      due.decrementAndGet();
    }
  }

  /** Returns when everything watched so far was read for the last time. */
  void await() {
    Awaitility.await().atMost(DELAYS.get(2).plusSeconds(60)).until(() -> due.get() == 0);
  }

  Queue<String> stale() {
    return stale;
  }

  @Override
  public String toString() {
    return "read again %d, unanswered %d, stale %d"
        .formatted(checked.get(), unanswered.get(), stale.size());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
