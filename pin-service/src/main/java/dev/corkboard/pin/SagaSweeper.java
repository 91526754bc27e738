// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.pin.store.v1.Intent;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finishes the operations that a crash or an unreachable board-service left open.
 *
 * <p>Every bucket of intents is read twice: soon after it is over, and again a quarter of an hour
 * later, for what a process with a slow clock wrote into it. The durable mark follows the second
 * reading, so a restart goes over the last quarter of an hour again. An operation that cannot be
 * finished yet moves to a later bucket: no bucket is read for ever. Replicas sweep independently;
 * finishing twice changes nothing.
 */
final class SagaSweeper {
  static final String MARK = "sweeper";

  /** How far behind a writer's clock may be, ours ahead, and a writer slow, together. */
  private static final Duration LATE = Duration.ofMinutes(15);

  private static final Duration MAX_BACKOFF = Duration.ofMinutes(10);

  private final PinSagas sagas;
  private final IntentStore intents;
  private final ProgressStore progress;
  private final Duration age;
  private final Clock clock;
  private final MeterRegistry metrics;

  /** The first bucket that was not read since this process started; -1 before the first sweep. */
  private volatile long next = -1;

  /**
   * A sweeper.
   *
   * @param age how old an operation must be before another process takes it up
   */
  SagaSweeper(
      PinSagas sagas,
      IntentStore intents,
      ProgressStore progress,
      Duration age,
      Clock clock,
      MeterRegistry metrics) {
    this.sagas = sagas;
    this.intents = intents;
    this.progress = progress;
    this.age = age;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Sets the mark where there is none, before the first operation is begun. */
  CompletionStage<Void> begin() {
    return progress
        .position(MARK)
        .thenCompose(
            mark ->
                mark.isPresent()
                    ? CompletableFuture.completedStage(null)
                    : save(mark, bucketAt(clock.instant().minus(LATE).minus(age))));
  }

  /** Finishes what is old enough; one run at a time. */
  CompletionStage<Void> sweep() {
    Instant now = clock.instant();
    long soon = bucketAt(now.minus(age));
    long late = bucketAt(now.minus(LATE).minus(age));
    return progress
        .position(MARK)
        .thenCompose(
            mark -> {
              long from = mark.map(Long::parseLong).orElse(late);
              long first = next < 0 ? from : next;
              return sweep(first, soon)
                  .thenCompose(done -> sweep(from, Math.min(late, first)))
                  .thenCompose(done -> save(mark, late))
                  .thenRun(() -> next = Math.max(first, soon));
            });
  }

  private CompletionStage<Void> save(Optional<String> mark, long late) {
    String position = Long.toString(late);
    return mark.equals(Optional.of(position))
        ? CompletableFuture.completedStage(null)
        : progress.savePosition(MARK, position);
  }

  private static long bucketAt(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), IntentStore.BUCKET_SECONDS);
  }

  private CompletionStage<Void> sweep(long from, long to) {
    AtomicLong bucket = new AtomicLong(from);
    return Gather.whileTrue(
        () -> {
          long read = bucket.getAndIncrement();
          if (read >= to) return CompletableFuture.completedStage(false);
          return intents
              .list(read)
              .thenCompose(open -> Gather.each(open, this::finish))
              .thenApply(done -> true);
        });
  }

  private CompletionStage<Void> finish(Intent intent) {
    return sagas
        .resume(intent)
        .handle((outcome, failure) -> failure == null && outcome.finished())
        .thenCompose(
            finished -> {
              metrics
                  .counter("corkboard.saga.swept", "outcome", finished ? "finished" : "postponed")
                  .increment();
              return finished ? CompletableFuture.completedStage(null) : putOff(intent);
            });
  }

  /**
   * The new row stands before the old one goes. Its time is the next of a series that the old row
   * alone determines, so replicas that put off the same row write one new row and not one each; the
   * copies of one that came late meet those of the others at the next time of the series.
   */
  private CompletionStage<Void> putOff(Intent intent) {
    Instant now = clock.instant();
    Instant due = Instant.ofEpochSecond(IntentStore.bucketOf(intent) * IntentStore.BUCKET_SECONDS);
    int attempts = intent.getAttempts();
    do {
      due = due.plus(pause(attempts++));
    } while (!due.isAfter(now));
    Intent later =
        intent.toBuilder().setBeginTime(Intents.timestamp(due)).setAttempts(attempts).build();
    return intents.put(later).thenCompose(put -> intents.remove(intent));
  }

  private static Duration pause(int attempts) {
    Duration pause = Duration.ofSeconds(IntentStore.BUCKET_SECONDS << Math.min(attempts, 10));
    return pause.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : pause;
  }
}
