// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

import dev.corkboard.board.change.CassandraIntents.Bucket;
import dev.corkboard.board.change.CassandraIntents.Logged;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Settles what dead writers left open. Several replicas may sweep at once: settling is idempotent.
 */
public final class IntentSweeper {
  private final CassandraIntents intents;
  private final Settler settler;
  private final Clock clock;
  private final LogTimes times;
  private final Counter settled;
  private final AtomicBoolean sweeping = new AtomicBoolean();

  public IntentSweeper(
      CassandraIntents intents,
      Settler settler,
      Clock clock,
      LogTimes times,
      MeterRegistry metrics) {
    this.intents = intents;
    this.settler = settler;
    this.clock = clock;
    this.times = times;
    this.settled = metrics.counter("corkboard.board.intents.swept");
  }

  /**
   * Settles every open intent older than the grace; one sweep at a time, a second does nothing.
   * Fails when one could not be settled, after all the others were.
   */
  public CompletionStage<Void> sweep() {
    if (!sweeping.compareAndSet(false, true)) return CompletableFuture.completedStage(null);
    long oldest = clock.millis() - times.retention().toMillis();
    return intents
        .buckets(IntentIds.bucketAt(oldest))
        .thenCompose(this::sweepAll)
        .whenComplete((ok, failure) -> sweeping.set(false));
  }

  private CompletionStage<Void> sweepAll(List<Bucket> buckets) {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (Bucket bucket : buckets) {
      if (!bucket.done()) all = all.thenCompose(ok -> sweep(bucket, failures));
    }
    return all.thenCompose(
        ok ->
            failures.isEmpty()
                ? CompletableFuture.completedStage(null)
                : CompletableFuture.failedStage(failures.get(0)));
  }

  private CompletionStage<Void> sweep(Bucket bucket, List<Throwable> failures) {
    long now = clock.millis();
    int before = failures.size();
    return intents
        .read(bucket.number())
        .thenCompose(
            logged -> {
              CompletionStage<Void> all = CompletableFuture.completedStage(null);
              for (Logged one : logged) {
                if (isLeftOpen(one, now)) {
                  all = all.thenCompose(ok -> settle(one.intent(), failures));
                }
              }
              return all.thenCompose(
                  ok ->
                      isEnded(bucket, logged, now) && failures.size() == before
                          ? intents.close(bucket.number()).thenAccept(closed -> {})
                          : CompletableFuture.completedStage(null));
            });
  }

  /** Whether no intent can come any more and none is left to its writer. */
  private boolean isEnded(Bucket bucket, List<Logged> logged, long now) {
    return bucket.endMillis() < now - times.overlap().toMillis()
        && logged.stream().allMatch(one -> one.outcome() != Outcome.OPEN || isLeftOpen(one, now));
  }

  private boolean isLeftOpen(Logged one, long now) {
    return one.outcome() == Outcome.OPEN
        && IntentIds.millisOf(one.id()) <= now - times.grace().toMillis();
  }

  private CompletionStage<Void> settle(Intent intent, List<Throwable> failures) {
    return settler
        .settle(intent)
        .thenCompose(outcome -> intents.noted(intent, outcome))
        .handle(
            (ok, failure) -> {
              if (failure == null) settled.increment();
              else failures.add(failure);
              return null;
            });
  }
}
