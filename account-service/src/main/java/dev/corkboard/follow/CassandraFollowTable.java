// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.follow;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One of the tables {@code following} and {@code follower}: an account, and others beside it. */
final class CassandraFollowTable {
  private final Cql cql;
  private final PreparedStatement selectState;
  private final PreparedStatement selectOne;
  private final PreparedStatement selectPage;
  private final PreparedStatement bump;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  /**
   * What a write of the partition is decided on.
   *
   * @param version null as long as nothing was written
   */
  record State(Long version, int count, boolean there) {}

  CassandraFollowTable(Cql cql, String table, String account, String other) {
    this.cql = cql;
    String where = " FROM " + table + " WHERE " + account + " = ?";
    selectState = cql.prepare("SELECT ver, count" + where + " LIMIT 1", true);
    selectOne = cql.prepare("SELECT " + other + where + " AND " + other + " = ?", true);
    selectPage = cql.prepare("SELECT " + other + where + " AND " + other + " < ? LIMIT ?", true);
    bump =
        cql.prepare(
            "UPDATE " + table + " SET ver = ?, count = ? WHERE " + account + " = ? IF ver = ?",
            false);
    insert =
        cql.prepare(
            "INSERT INTO " + table + " (" + account + ", " + other + ") VALUES (?, ?)", false);
    delete =
        cql.prepare(
            "DELETE FROM " + table + " WHERE " + account + " = ? AND " + other + " = ?", false);
  }

  static CassandraFollowTable following(Cql cql) {
    return new CassandraFollowTable(cql, "following", "follower_id", "followee_id");
  }

  static CassandraFollowTable followers(Cql cql) {
    return new CassandraFollowTable(cql, "follower", "followee_id", "follower_id");
  }

  /** The partition as it stands after every write of unknown outcome. */
  CompletionStage<State> state(long account, long other) {
    return head(account)
        .thenCompose(
            head ->
                isThere(account, other)
                    .thenApply(
                        there ->
                            new State(
                                head.filter(row -> !row.isNull("ver"))
                                    .map(row -> row.getLong("ver"))
                                    .orElse(null),
                                head.map(row -> row.getInt("count")).orElse(0),
                                there)));
  }

  private CompletionStage<Optional<Row>> head(long account) {
    return cql.one(selectState.bind(account).setExecutionProfileName(Cassandra.SERIAL));
  }

  /** Whether the row is there, after every write of unknown outcome. */
  CompletionStage<Boolean> isThere(long account, long other) {
    return cql.one(selectOne.bind(account, other).setExecutionProfileName(Cassandra.SERIAL))
        .thenApply(Optional::isPresent);
  }

  /**
   * Makes the row be there or not, if nothing was written since the partition was read; also when
   * that changes nothing, so that a writer who was late before is too late for good.
   */
  CompletionStage<Boolean> write(long account, long other, State read, boolean there) {
    int count = read.count() + (there ? 1 : 0) - (read.there() ? 1 : 0);
    long version = read.version() == null ? 1 : read.version() + 1;
    return cql.cas(
            BatchStatement.builder(BatchType.LOGGED)
                .addStatement(bump.bind(version, count, account, read.version()))
                .addStatement((there ? insert : delete).bind(account, other))
                .build())
        .thenApply(cas -> cas.applied());
  }

  CompletionStage<List<Long>> page(long account, long before, int limit) {
    return cql.all(selectPage.bind(account, before, limit))
        .thenApply(rows -> rows.stream().map(row -> row.getLong(0)).toList());
  }

  CompletionStage<Integer> count(long account) {
    return cql.one(selectState.bind(account))
        .thenApply(row -> row.map(r -> r.getInt("count")).orElse(0));
  }
}
