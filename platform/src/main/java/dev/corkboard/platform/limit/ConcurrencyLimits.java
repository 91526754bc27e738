// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.limit;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import com.netflix.concurrency.limits.limiter.AbstractPartitionedLimiter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests a process works on at once: as many as it can without their taking much longer
 * than they do otherwise. What is more is refused at once, so that the rest is answered in time.
 */
public final class ConcurrencyLimits {
  /** Fewer are never too many: a process idles if it refuses one of these. */
  private static final int MIN = 64;

  private static final int INITIAL = 128;
  private static final int MAX = 1_000;

  private final Limiter<Work> limiter;
  private final AtomicInteger inflight = new AtomicInteger();
  private final Map<Work, Counter> rejected = new EnumMap<>(Work.class);

  /** Who waits for it. */
  public enum Work {
    /** Somebody. */
    LIVE("live", 0.9),
    /** Nobody: followers, sweepers and the like, which come again. */
    BATCH("batch", 0.1);

    private final String id;
    private final double share;

    Work(String id, double share) {
      this.id = id;
      this.share = share;
    }
  }

  /** Limits that find out how much is enough, and tell it. */
  public static ConcurrencyLimits adaptive(MeterRegistry metrics) {
    return new ConcurrencyLimits(
        WindowedLimit.newBuilder()
            .build(
                Gradient2Limit.newBuilder()
                    .initialLimit(INITIAL)
                    .minLimit(MIN)
                    .maxConcurrency(MAX)
                    .rttTolerance(2)
                    .build()),
        metrics);
  }

  /** Places as a limit says. */
  public ConcurrencyLimits(Limit limit, MeterRegistry metrics) {
    Partitioned builder = new Partitioned().limit(limit).partitionResolver(work -> work.id);
    for (Work work : Work.values()) {
      builder.partition(work.id, work.share);
      rejected.put(
          work,
          Counter.builder("corkboard.concurrency.rejected")
              .description("Requests refused because too many were worked on")
              .tag("work", work.id)
              .register(metrics));
    }
    limiter = builder.build();
    Gauge.builder("corkboard.concurrency.limit", limit, Limit::getLimit)
        .description("Requests that may be worked on at once")
        .register(metrics);
    Gauge.builder("corkboard.concurrency.inflight", inflight, AtomicInteger::get)
        .description("Requests that are worked on")
        .register(metrics);
  }

  /** A place for a request, to be given back; empty when there is none. */
  public Optional<Place> take(Work work) {
    Optional<Limiter.Listener> taken = limiter.acquire(work);
    if (taken.isEmpty()) {
      rejected.get(work).increment();
      return Optional.empty();
    }
    inflight.incrementAndGet();
    return Optional.of(new Place(taken.get(), inflight));
  }

  /** How a request ended, for the limit to learn from. */
  public enum End {
    /** It took as long as requests take. */
    DONE,
    /** Its time says nothing, as of one that was refused or is of another kind. */
    TELLS_NOTHING,
    /** It did not end in time. */
    LATE
  }

  /** The place of a request. */
  public static final class Place {
    private final Limiter.Listener listener;
    private final AtomicInteger inflight;

    private Place(Limiter.Listener listener, AtomicInteger inflight) {
      this.listener = listener;
      this.inflight = inflight;
    }

    /** Gives it back; once. */
    public void leave(End end) {
      inflight.decrementAndGet();
      switch (end) {
        case DONE -> listener.onSuccess();
        case TELLS_NOTHING -> listener.onIgnore();
        case LATE -> listener.onDropped();
      }
    }
  }

  private static final class Partitioned
      extends AbstractPartitionedLimiter.Builder<Partitioned, Work> {
    @Override
    protected Partitioned self() {
      return this;
    }
  }
}
