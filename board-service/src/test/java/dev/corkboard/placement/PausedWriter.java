// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.corkboard.platform.testing.Faults;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A process that stands still between its intent and one of the conditional steps that follow,
 * makes that step when it is told to, and dies of it.
 */
final class PausedWriter implements Faults {
  private final int step;
  private final AtomicInteger steps = new AtomicInteger();
  private final CompletableFuture<Void> paused = new CompletableFuture<>();
  private final CompletableFuture<Void> resumed = new CompletableFuture<>();
  private final CompletableFuture<Boolean> applied = new CompletableFuture<>();
  private volatile boolean announced;

  PausedWriter(int step) {
    this.step = step;
  }

  @Override
  public CompletionStage<AsyncResultSet> run(
      Statement<?> statement, Supplier<CompletionStage<AsyncResultSet>> real) {
    if (applied.isDone()) return CompletableFuture.failedStage(new IllegalStateException("dead"));
    if (isIntent(statement)) announced = true;
    boolean isStep =
        statement instanceof BatchStatement
            || (Faults.isConditional(statement) && query(statement).contains(" owner "));
    if (!announced || !isStep || steps.incrementAndGet() != step) return real.get();
    paused.complete(null);
    return resumed
        .thenCompose(ok -> real.get())
        .whenComplete(
            (result, failure) -> {
              if (failure == null) applied.complete(result.wasApplied());
              else applied.completeExceptionally(failure);
            });
  }

  /** Whether a statement announces a change. */
  static boolean isIntent(Statement<?> statement) {
    return query(statement).startsWith("INSERT INTO intent (");
  }

  private static String query(Statement<?> statement) {
    return statement instanceof BoundStatement bound ? bound.getPreparedStatement().getQuery() : "";
  }

  /** Completes when the writer stands still. */
  CompletableFuture<Void> paused() {
    return paused;
  }

  /** Makes the step now; tells whether it was applied. */
  CompletableFuture<Boolean> resume() {
    resumed.complete(null);
    return applied;
  }
}
