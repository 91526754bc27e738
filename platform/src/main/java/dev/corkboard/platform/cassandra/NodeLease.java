// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.platform.id.Lease;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node number of the id generator, held by one process at a time.
 *
 * <p>The row's {@code until} does double duty: no id of a holder has a later time, and no id of the
 * next holder an earlier one. So ids never repeat, whatever the clocks say. A process that lost its
 * number, because it slept for a minute, takes another one.
 */
public final class NodeLease implements Lease, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeLease.class);
  static final Duration LIFE = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 64;

  /** Every keyspace that makes ids has this table; only conditional writes touch it. */
  public static final String SCHEMA = "/node_lease.cql";

  private static final String INSERT =
      "INSERT INTO node_lease (node, holder, until) VALUES (?, ?, ?) IF NOT EXISTS";
  private static final String TAKE =
      "UPDATE node_lease SET holder = ?, until = ? WHERE node = ? IF holder = ? AND until = ?";
  private static final String RENEW =
      "UPDATE node_lease SET until = ? WHERE node = ? IF holder = ?";

  private final Cql cql;
  private final Clock clock;
  private final PreparedStatement insert;
  private final PreparedStatement take;
  private final PreparedStatement renew;
  private final UUID holder = UUID.randomUUID();
  private final ScheduledExecutorService renewer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "node-lease");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Term term = new Term(0, 0, 0);

  private NodeLease(Cql cql, Clock clock) {
    this.cql = cql;
    this.clock = clock;
    insert = cql.prepare(INSERT, false);
    take = cql.prepare(TAKE, false);
    renew = cql.prepare(RENEW, false);
  }

  /** Takes a free number and renews it until closed. Blocks; call it at start. */
  public static NodeLease acquire(Cql cql, Clock clock) {
    NodeLease lease = new NodeLease(cql, clock);
    try {
      lease.take();
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
    long period = LIFE.dividedBy(3).toMillis();
    lease.renewer.scheduleWithFixedDelay(lease::renew, period, period, TimeUnit.MILLISECONDS);
    return lease;
  }

  private void take() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int candidate = ThreadLocalRandom.current().nextInt(MAX_NODE + 1);
      if (tryTake(candidate).toCompletableFuture().join()) return;
    }
    throw new IllegalStateException("no free node number in " + ATTEMPTS + " attempts");
  }

  private CompletionStage<Boolean> tryTake(int candidate) {
    long end = clock.millis() + LIFE.toMillis();
    return cql.cas(insert.bind(candidate, holder, end))
        .thenCompose(
            first -> {
              if (first.applied() || heldByUs(first.rows().get(0))) {
                return taken(new Term(candidate, 0, end));
              }
              Row row = first.rows().get(0);
              long theirs = row.getLong("until");
              if (clock.millis() <= theirs) return CompletableFuture.completedStage(false);
              return cql.cas(take.bind(holder, end, candidate, row.getUuid("holder"), theirs))
                  .thenCompose(
                      second ->
                          second.applied() || heldByUs(second.rows().get(0))
                              ? taken(new Term(candidate, theirs, end))
                              : CompletableFuture.completedStage(false));
            });
  }

  private boolean heldByUs(Row row) {
    return holder.equals(row.getUuid("holder"));
  }

  private CompletionStage<Boolean> taken(Term taken) {
    term = taken;
    return CompletableFuture.completedStage(true);
  }

  private void renew() {
    try {
      if (!extend(clock.millis() + LIFE.toMillis()).toCompletableFuture().join()) {
        log.atWarn().addKeyValue("node", term.node()).log("node lease lost; taking another");
        take();
      }
    } catch (RuntimeException e) {
      log.atWarn().addKeyValue("node", term.node()).setCause(e).log("node lease not renewed");
    }
  }

  /** False when another process holds the number now. */
  private CompletionStage<Boolean> extend(long end) {
    Term held = term;
    long next = Math.max(held.until(), end);
    return cql.cas(renew.bind(next, held.node(), holder))
        .thenApply(
            cas -> {
              term = new Term(held.node(), held.from(), cas.applied() ? next : 0);
              return cas.applied();
            });
  }

  @Override
  public Term term() {
    return term;
  }

  @Override
  public void close() {
    renewer.shutdownNow();
  }
}
