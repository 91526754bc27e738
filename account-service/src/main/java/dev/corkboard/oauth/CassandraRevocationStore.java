// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.oauth.v1.Revocation;
import dev.corkboard.platform.cassandra.Cql;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Revocations in Cassandra, a partition an hour. */
final class CassandraRevocationStore implements RevocationStore {
  private static final String INSERT = "INSERT INTO revocation (hour, at, id) VALUES (?, ?, ?)";
  private static final String SELECT =
      "SELECT at, id FROM revocation WHERE hour = ? AND at >= ? LIMIT ?";

  private static final long HOUR = TimeUnit.HOURS.toMillis(1);

  /** Hours read at a time; a reader that begins has a month of them before it. */
  private static final int HOURS = 32;

  private final Cql cql;
  private final Clock clock;
  private final PreparedStatement insert;
  private final PreparedStatement select;

  CassandraRevocationStore(Cql cql, Clock clock) {
    this.cql = cql;
    this.clock = clock;
    insert = cql.prepare(INSERT, true);
    select = cql.prepare(SELECT, true);
  }

  @Override
  public CompletionStage<Void> add(Revocation revocation) {
    long at = Timestamps.toMillis(revocation.getRevokeTime());
    return cql.execute(insert.bind(at / HOUR, Instant.ofEpochMilli(at), revocation.getId()))
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Page> since(Instant from, int limit) {
    long first = from.toEpochMilli() / HOUR;
    List<CompletableFuture<List<Row>>> hours = new ArrayList<>();
    for (long hour = first; hour < first + HOURS; hour++) {
      hours.add(cql.all(select.bind(hour, from, limit)).toCompletableFuture());
    }
    return CompletableFuture.allOf(hours.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> page(hours.stream().map(CompletableFuture::join).toList(), first, limit));
  }

  /** Whole hours until the limit is reached; in an hour that has more, as far as it goes. */
  private Page page(List<List<Row>> hours, long first, int limit) {
    List<Revocation> read = new ArrayList<>();
    for (int i = 0; i < hours.size(); i++) {
      if (!read.isEmpty() && read.size() + hours.get(i).size() > limit) {
        return new Page(read, Optional.of(Instant.ofEpochMilli((first + i) * HOUR)));
      }
      hours.get(i).forEach(row -> read.add(revocation(row)));
      if (hours.get(i).size() == limit) {
        return new Page(read, Optional.of(hours.get(i).get(limit - 1).getInstant("at")));
      }
    }
    Instant behind = Instant.ofEpochMilli((first + HOURS) * HOUR);
    return new Page(read, behind.isAfter(clock.instant()) ? Optional.empty() : Optional.of(behind));
  }

  private static Revocation revocation(Row row) {
    return Revocation.newBuilder()
        .setId(row.getString("id"))
        .setRevokeTime(Timestamps.fromMillis(row.getInstant("at").toEpochMilli()))
        .build();
  }
}
