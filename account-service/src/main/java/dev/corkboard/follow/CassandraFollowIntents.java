// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.follow;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import dev.corkboard.platform.cassandra.Cql;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The table {@code follow_intent}. */
final class CassandraFollowIntents {
  static final Duration BUCKET = Duration.ofMinutes(10);

  /** What is younger may still be under way. */
  static final Duration GRACE = Duration.ofSeconds(30);

  /** How far a clock may be behind, or a writer late, and still be looked for. */
  private static final Duration OVERLAP = Duration.ofMinutes(30);

  private static final Duration KEPT = Duration.ofDays(7);

  private static final String INSERT =
      "INSERT INTO follow_intent (bucket, follower_id, followee_id, id) VALUES (?, ?, ?, ?)";
  private static final String DELETE =
      "DELETE FROM follow_intent"
          + " WHERE bucket = ? AND follower_id = ? AND followee_id = ? AND id = ?";
  private static final String SELECT =
      "SELECT bucket, follower_id, followee_id, id FROM follow_intent WHERE bucket = ?";

  private final Cql cql;
  private final Clock clock;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement select;

  /** All buckets before this one are known to hold nothing. */
  private volatile long from;

  /** A change that was announced. */
  record Begun(long bucket, long followerId, long followeeId, UUID id) {}

  CassandraFollowIntents(Cql cql, Clock clock) {
    this.cql = cql;
    this.clock = clock;
    this.from = bucket(clock.millis() - KEPT.toMillis());
    insert = cql.prepare(INSERT, true);
    delete = cql.prepare(DELETE, true);
    select = cql.prepare(SELECT, true);
  }

  private static long bucket(long millis) {
    return Math.floorDiv(millis, BUCKET.toMillis());
  }

  CompletionStage<Begun> begin(long followerId, long followeeId) {
    Begun begun = new Begun(bucket(clock.millis()), followerId, followeeId, Uuids.timeBased());
    return cql.execute(insert.bind(begun.bucket(), followerId, followeeId, begun.id()))
        .thenApply(done -> begun);
  }

  CompletionStage<Void> end(Begun begun) {
    return cql.execute(
            delete.bind(begun.bucket(), begun.followerId(), begun.followeeId(), begun.id()))
        .thenAccept(done -> {});
  }

  /** Hands over, one after another, what was begun and not ended in time. */
  CompletionStage<Void> unfinished(Function<Begun, CompletionStage<Void>> finish) {
    long last = bucket(clock.millis());
    return buckets(from, last, finish)
        .thenAccept(done -> from = Math.max(from, bucket(clock.millis() - OVERLAP.toMillis())));
  }

  private CompletionStage<Void> buckets(
      long next, long last, Function<Begun, CompletionStage<Void>> finish) {
    if (next > last) return CompletableFuture.completedStage(null);
    return cql.all(select.bind(next))
        .thenCompose(rows -> each(rows.iterator(), finish))
        .thenComposeAsync(done -> buckets(next + 1, last, finish));
  }

  private CompletionStage<Void> each(
      Iterator<Row> rows, Function<Begun, CompletionStage<Void>> finish) {
    long old = clock.millis() - GRACE.toMillis();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (Uuids.unixTimestamp(row.getUuid("id")) > old) continue;
      return finish
          .apply(
              new Begun(
                  row.getLong("bucket"),
                  row.getLong("follower_id"),
                  row.getLong("followee_id"),
                  row.getUuid("id")))
          .thenComposeAsync(done -> each(rows, finish));
    }
    return CompletableFuture.completedStage(null);
  }
}
