// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.deploy.faults.Answer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How operations were answered, counted from when each was to begin. */
final class Statistics {
  /** The status of an operation that was never sent, as too many were under way. */
  static final int NOT_SENT = -1;

  private static final long HIGHEST = TimeUnit.MINUTES.toMicros(10);

  private final Map<Kind, Histogram> times = new EnumMap<>(Kind.class);
  private final Map<Kind, Map<Integer, AtomicLong>> errors = new EnumMap<>(Kind.class);
  private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong repeats = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();

  /**
   * An operation that its user saw fail.
   *
   * @param status of the answer, 0 for none
   */
  record Failure(Kind kind, int status, long intended, long answered, String text) {}

  Statistics() {
    for (Kind kind : Kind.values()) {
      times.put(kind, new ConcurrentHistogram(HIGHEST, 3));
      errors.put(kind, new ConcurrentHashMap<>());
    }
  }

  /** The first answer to an operation; times in nanoseconds. */
  void answered(Call call, Answer answer, long intended, long answered) {
    long micros = TimeUnit.NANOSECONDS.toMicros(answered - intended);
    times.get(call.kind()).recordValue(Math.min(Math.max(micros, 0), HIGHEST));
    if (Outcomes.isOpen(answer)) {
      failed(call, answer.status(), intended, answered, answer.text());
    }
  }

  void notSent(Call call, long intended) {
    failed(call, NOT_SENT, intended, intended, "not sent");
  }

  private void failed(Call call, int status, long intended, long answered, String text) {
    errors.get(call.kind()).computeIfAbsent(status, any -> new AtomicLong()).incrementAndGet();
    failures.add(new Failure(call.kind(), status, intended, answered, call + ": " + text));
  }

  /** A write was acknowledged, by whichever attempt. */
  void acknowledged() {
    acknowledged.incrementAndGet();
  }

  long acknowledgements() {
    return acknowledged.get();
  }

  void repeated() {
    repeats.incrementAndGet();
  }

  long repeats() {
    return repeats.get();
  }

  Histogram times(Kind kind) {
    return times.get(kind);
  }

  Map<Integer, AtomicLong> errors(Kind kind) {
    return errors.get(kind);
  }

  Queue<Failure> failures() {
    return failures;
  }
}
