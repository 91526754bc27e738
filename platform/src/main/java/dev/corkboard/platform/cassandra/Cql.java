// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.driver.internal.core.context.InternalDriverContext;
import com.datastax.oss.driver.internal.core.session.throttling.ConcurrencyLimitingRequestThrottler;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.StoreSpans;
import dev.corkboard.platform.trace.Trail;
import dev.corkboard.platform.trace.Trails;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Runs CQL without blocking, times it, and turns driver errors into {@link ApiException}s. */
public final class Cql implements AutoCloseable {
  private static final int SCAN_PAGE = 1_000;

  /** Attempts at a conditional statement whose outcome stays unknown; each waits out a timeout. */
  private static final int CAS_ATTEMPTS = 4;

  private static final int MAX_BACKOFF_MILLIS = 50;

  private final CqlSession session;
  private final Timer reads;
  private final Timer conditional;
  private final MeterRegistry metrics;

  public Cql(CqlSession session, MeterRegistry metrics) {
    this.session = session;
    this.metrics = metrics;
    this.reads = timer("plain");
    this.conditional = timer("conditional");
    if (throttler(session) instanceof ConcurrencyLimitingRequestThrottler throttler) {
      Gauge.builder(
              "corkboard.cassandra.queued",
              throttler,
              ConcurrencyLimitingRequestThrottler::getQueueSize)
          .description("Statements that wait for a place among those sent.")
          .register(metrics);
    }
  }

  private static Object throttler(CqlSession session) {
    return session.getContext() instanceof InternalDriverContext driver
        ? driver.getRequestThrottler()
        : null;
  }

  /** Opens a session; see {@link Cassandra#open}. */
  public static Cql open(CassandraConfig config, MeterRegistry metrics, String... schema) {
    return new Cql(Cassandra.open(config, schema), metrics);
  }

  /** Whether a node is up that this process has a connection to. */
  public boolean isConnected() {
    return session.getMetadata().getNodes().values().stream()
        .anyMatch(node -> node.getState() == NodeState.UP && node.getOpenConnections() > 0);
  }

  private Timer timer(String kind) {
    return Timer.builder("corkboard.cassandra.statement")
        .tag("kind", kind)
        .publishPercentileHistogram()
        .register(metrics);
  }

  /**
   * Prepares a statement, at start and once.
   *
   * @param idempotent whether the driver may send it again by itself; never for conditional ones,
   *     {@link #cas} repeats those
   */
  public PreparedStatement prepare(String cql, boolean idempotent) {
    SimpleStatement statement = SimpleStatement.newInstance(cql).setIdempotent(idempotent);
    return session.prepare(
        idempotent && cql.stripLeading().startsWith("SELECT")
            ? statement.setExecutionProfileName(Cassandra.READ)
            : statement);
  }

  /**
   * Runs a statement. Fails with UNAVAILABLE or DEADLINE_EXCEEDED when Cassandra does not answer.
   */
  public CompletionStage<AsyncResultSet> execute(Statement<?> statement) {
    return timed(reads, statement, DriverErrors::translate);
  }

  private CompletionStage<AsyncResultSet> timed(
      Timer timer, Statement<?> statement, UnaryOperator<Throwable> failures) {
    long begin = System.nanoTime();
    Trail trail = Trails.current();
    Span span = StatementSpans.begin(trail, statement);
    CompletableFuture<AsyncResultSet> answer = new CompletableFuture<>();
    session
        .executeAsync(statement)
        .whenComplete(
            (result, failure) -> {
              timer.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
              StoreSpans.end(span, DriverErrors.unwrap(failure));
              Trails.complete(
                  answer, trail, result, failure == null ? null : failures.apply(failure));
            });
    return answer;
  }

  /**
   * Whether a replica gave a read up, as it does when more deletions are in its way than it reads
   * past; version 4 of the protocol does not say why.
   */
  public static boolean isReadFailure(Throwable failure) {
    return DriverErrors.isReadFailure(failure);
  }

  /** The first row. */
  public CompletionStage<Optional<Row>> one(Statement<?> statement) {
    return execute(statement).thenApply(result -> Optional.ofNullable(result.one()));
  }

  /** Hands over the rows of a read of any size, page by page, in its order. */
  public CompletionStage<Void> forEach(Statement<?> statement, Consumer<Row> consumer) {
    return execute(statement.setPageSize(SCAN_PAGE))
        .thenCompose(page -> forEachFrom(page, consumer));
  }

  private static CompletionStage<Void> forEachFrom(AsyncResultSet page, Consumer<Row> consumer) {
    page.currentPage().forEach(consumer);
    if (!page.hasMorePages()) return CompletableFuture.completedStage(null);
    return next(page).thenCompose(next -> forEachFrom(next, consumer));
  }

  private static CompletionStage<AsyncResultSet> next(AsyncResultSet page) {
    Trail trail = Trails.current();
    Span span = StatementSpans.beginNextPage(trail);
    CompletableFuture<AsyncResultSet> answer = new CompletableFuture<>();
    page.fetchNextPage()
        .whenComplete(
            (next, failure) -> {
              StoreSpans.end(span, DriverErrors.unwrap(failure));
              Trails.complete(
                  answer, trail, next, failure == null ? null : DriverErrors.translate(failure));
            });
    return answer;
  }

  /** All rows of all pages; only for reads that are bounded by their own LIMIT or partition. */
  public CompletionStage<List<Row>> all(Statement<?> statement) {
    List<Row> rows = new ArrayList<>();
    return execute(statement).thenCompose(page -> collect(page, rows));
  }

  private static CompletionStage<List<Row>> collect(AsyncResultSet page, List<Row> rows) {
    page.currentPage().forEach(rows::add);
    if (!page.hasMorePages()) return CompletableFuture.completedStage(rows);
    return next(page).thenCompose(next -> collect(next, rows));
  }

  /**
   * Runs a conditional statement or batch. One whose outcome is unknown (a Paxos time-out, a lost
   * connection) is sent again: it must be written so that a second application is refused, by an
   * {@code IF NOT EXISTS} on a request row or by its own condition, and the caller recognises its
   * own earlier success in the rows of the refusal.
   */
  public CompletionStage<Cas> cas(Statement<?> statement) {
    return cas(statement, 1);
  }

  private CompletionStage<Cas> cas(Statement<?> statement, int attempt) {
    return timed(conditional, statement, failure -> failure)
        .thenCompose(
            result ->
                result.wasApplied()
                    ? CompletableFuture.completedStage(new Cas(true, List.of()))
                    : collect(result, new ArrayList<>()).thenApply(rows -> new Cas(false, rows)))
        .exceptionallyCompose(failure -> again(statement, attempt, failure));
  }

  private CompletionStage<Cas> again(Statement<?> statement, int attempt, Throwable failure) {
    if (attempt >= CAS_ATTEMPTS || !DriverErrors.isOutcomeUnknown(failure)) {
      return CompletableFuture.failedStage(DriverErrors.translate(failure));
    }
    metrics.counter("corkboard.cassandra.cas.repeated").increment();
    long pause = ThreadLocalRandom.current().nextLong(1, (long) MAX_BACKOFF_MILLIS * attempt);
    return Trails.follow(
            CompletableFuture.supplyAsync(
                () -> statement, CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS)))
        .thenCompose(same -> cas(same, attempt + 1));
  }

  /** Closes the session, waiting for what is in flight. */
  @Override
  public void close() {
    session.close();
  }
}
