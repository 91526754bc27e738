// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids written while Redis was out of reach: this process reads past the cache for them until Redis
 * has confirmed their deletion.
 *
 * <p>When more than {@code capacity} are waiting the whole cache is passed by for one {@code ttl}
 * after the write, by when every value from before it is gone. That needs nothing of Redis; a
 * namespace number kept there would have to be known to every process before its plain GET.
 */
final class RememberedKeys {

  static final int CAPACITY = 10_000;
  private static final Duration RETRY = Duration.ofMillis(100);
  private static final int BATCH = 500;

  /**
   * Writes of one id still running, and when it may be deleted; the stamp makes changes visible.
   */
  private record Entry(int running, long notBefore, long stamp) {}

  /** An unguarded write that has begun. */
  record Unguarded(Set<String> ids, boolean overflow) {}

  private final CacheProtocol protocol;
  private final CacheTimer timer;
  private final CacheMetrics metrics;
  private final Duration ttl;
  private final int capacity;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong stamps = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Object overflowLock = new Object();
  private volatile int overflowing;
  private volatile boolean passing;
  private long passUntil;

  RememberedKeys(
      CacheProtocol protocol, CacheTimer timer, CacheMetrics metrics, Duration ttl, int capacity) {
    this.protocol = protocol;
    this.timer = timer;
    this.metrics = metrics;
    this.ttl = ttl;
    this.capacity = capacity;
    metrics.remembered(entries::size);
  }

  /** Whether reads of the id must not use the cache. */
  boolean contains(String id) {
    return passesAll() || (!entries.isEmpty() && entries.containsKey(id));
  }

  private boolean passesAll() {
    if (!passing) {
      return false;
    }
    synchronized (overflowLock) {
      passing = overflowing > 0 || timer.nanoTime() - passUntil < 0;
      return passing;
    }
  }

  /** To be called before the commit of a write whose guard could not be placed. */
  Unguarded begin(Collection<String> ids) {
    Set<String> kept = new HashSet<>();
    boolean overflow = false;
    for (String id : ids) {
      if (entries.size() >= capacity && !entries.containsKey(id)) {
        overflow = true;
      } else {
        entries.compute(id, (k, entry) -> changed(entry, 1, timer.nanoTime()));
        kept.add(id);
      }
    }
    if (overflow) {
      metrics.overflows.increment();
      synchronized (overflowLock) {
        overflowing++;
        if (!passing) {
          passUntil = timer.nanoTime();
          passing = true;
        }
      }
    }
    return new Unguarded(kept, overflow);
  }

  /**
   * The commit ended; the ids are deleted in Redis as soon as it answers.
   *
   * @param quarantine how long after now the commit may still take effect
   */
  void end(Unguarded write, Duration quarantine) {
    long settled = timer.nanoTime() + quarantine.toNanos();
    for (String id : write.ids()) {
      entries.compute(id, (k, entry) -> changed(entry, -1, settled));
    }
    if (write.overflow()) {
      synchronized (overflowLock) {
        overflowing--;
        long until = settled + ttl.toNanos();
        if (until - passUntil > 0) {
          passUntil = until;
        }
      }
    }
    if (!write.ids().isEmpty()) {
      arm(RETRY);
    }
  }

  private Entry changed(Entry entry, int running, long notBefore) {
    if (entry == null) {
      return new Entry(running, notBefore, stamps.incrementAndGet());
    }
    return new Entry(
        entry.running() + running,
        notBefore - entry.notBefore() > 0 ? notBefore : entry.notBefore(),
        stamps.incrementAndGet());
  }

  private void arm(Duration delay) {
    if (scheduled.compareAndSet(false, true)) {
      timer.schedule(delay, this::flush);
    }
  }

  private void flush() {
    scheduled.set(false);
    long now = timer.nanoTime();
    List<String> ids = new ArrayList<>();
    List<Entry> seen = new ArrayList<>();
    for (var entry : entries.entrySet()) {
      if (entry.getValue().running() == 0 && now - entry.getValue().notBefore() >= 0) {
        ids.add(entry.getKey());
        seen.add(entry.getValue());
        if (ids.size() == BATCH) {
          break;
        }
      }
    }
    if (ids.isEmpty()) {
      rearm(RETRY);
      return;
    }
    protocol
        .forget(ids)
        .whenComplete(
            (deleted, failure) -> {
              if (failure == null) {
                for (int i = 0; i < ids.size(); i++) {
                  entries.remove(ids.get(i), seen.get(i));
                }
              }
              rearm(failure == null ? Duration.ZERO : RETRY);
            });
  }

  private void rearm(Duration delay) {
    if (!entries.isEmpty()) {
      arm(delay);
    }
  }
}
