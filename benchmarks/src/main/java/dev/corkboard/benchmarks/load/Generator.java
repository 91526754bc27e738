// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.benchmarks.load.Verdicts.Defect;
import dev.corkboard.deploy.faults.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Begins operations at times that were fixed beforehand, however slowly others are answered. A
 * write whose outcome is not known is repeated, with the same key, until it is.
 */
final class Generator {
  /** Beyond as many under way an operation counts as failed and is not sent. */
  private static final int MOST_UNDER_WAY = 4_000;

  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Edge edge;
  private final Statistics statistics;
  private final Verdicts verdicts;
  private final ScheduledExecutorService later;
  private final Set<Call> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger underWay = new AtomicInteger();

  Generator(Edge edge, Statistics statistics, Verdicts verdicts, ScheduledExecutorService later) {
    this.edge = edge;
    this.statistics = statistics;
    this.verdicts = verdicts;
    this.later = later;
  }

  /**
   * Begins operations for so long, the pauses between them random and independent.
   *
   * @param rate operations a second
   */
  void run(Supplier<Call> mix, double rate, Duration length, Random random) {
    long start = System.nanoTime();
    double due = 0;
    while (due < length.toNanos()) {
      long intended = start + (long) due;
      for (long left = intended - System.nanoTime(); left > 0; ) {
        LockSupport.parkNanos(left);
        left = intended - System.nanoTime();
      }
      begin(mix, intended);
      due += -Math.log(1 - random.nextDouble()) / rate * 1e9;
    }
  }

  private void begin(Supplier<Call> mix, long intended) {
    Call call = mix.get();
    open.add(call);
    if (underWay.get() >= MOST_UNDER_WAY) {
      statistics.notSent(call, intended);
      // A write that was announced to the oracle has to be made.
      later.schedule(() -> again(call, System.nanoTime(), 1), 1, TimeUnit.SECONDS);
      return;
    }
    long asked = System.nanoTime();
    attempt(call)
        .thenAccept(
            answer -> {
              long answered = System.nanoTime();
              statistics.answered(call, answer, intended, answered);
              take(call, answer, asked, answered, 1);
            });
  }

  private CompletableFuture<Answer> attempt(Call call) {
    underWay.incrementAndGet();
    return edge.send(call).whenComplete((answer, failure) -> underWay.decrementAndGet());
  }

  private void again(Call call, long asked, int attempt) {
    if (attempt > 1) statistics.repeated();
    attempt(call).thenAccept(answer -> take(call, answer, asked, System.nanoTime(), attempt));
  }

  private void take(Call call, Answer answer, long asked, long answered, int attempt) {
    try {
      if (answer.status() == 500 || !answer.isWellFormed()) {
        verdicts.add(Defect.WRONG, call + ": " + answer.status() + " " + answer.text());
      }
      if (call.outcome().take(answer, asked, answered, attempt)) {
        open.remove(call);
        if (answer.isOk() && !call.method().equals("GET")) statistics.acknowledged();
        return;
      }
    } catch (RuntimeException e) {
      verdicts.add(Defect.WRONG, call + ": " + e + " at " + answer.text());
      open.remove(call);
      return;
    }
    later.schedule(() -> again(call, asked, attempt + 1), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Makes these, a few at once, and returns when the outcome of all is known. */
  void make(List<Supplier<Call>> calls, int atOnce, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    for (Supplier<Call> call : calls) {
      await(atOnce - 1, end);
      Call next = call.get();
      open.add(next);
      later.execute(() -> again(next, System.nanoTime(), 1));
    }
    await(0, end);
  }

  /** Returns when the outcome of all is known, or those of which it is not when it is late. */
  Set<Call> drain(Duration limit) {
    await(0, System.nanoTime() + limit.toNanos());
    return Set.copyOf(open);
  }

  private void await(int most, long end) {
    while (open.size() > most && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
