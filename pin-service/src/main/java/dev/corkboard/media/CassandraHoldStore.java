// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** {@link HoldStore} in Cassandra: see {@code media.cql}. */
final class CassandraHoldStore implements HoldStore {
  /** Rows that one batch forgets. */
  private static final int BATCH = 100;

  private static final String INSERT =
      "INSERT INTO held_media (holder_id, sha256, asset_key) VALUES (?, ?, ?) IF NOT EXISTS";
  private static final String SELECT =
      "SELECT asset_key FROM held_media WHERE holder_id = ? AND sha256 = ?";
  private static final String SELECT_SOME =
      "SELECT sha256 FROM held_media WHERE holder_id = ? LIMIT " + BATCH;
  private static final String DELETE =
      "DELETE FROM held_media WHERE holder_id = ? AND sha256 = ? IF EXISTS";
  private static final String SCAN = "SELECT asset_key FROM held_media";

  private final Cql cql;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement selectSome;
  private final PreparedStatement delete;
  private final PreparedStatement scan;

  CassandraHoldStore(Cql cql) {
    this.cql = cql;
    insert = cql.prepare(INSERT, false);
    select = cql.prepare(SELECT, true);
    selectSome = cql.prepare(SELECT_SOME, true);
    delete = cql.prepare(DELETE, false);
    scan = cql.prepare(SCAN, true);
  }

  @Override
  public CompletionStage<Optional<String>> find(String holderId, String sha256) {
    return cql.one(select.bind(holderId, sha256).setExecutionProfileName(Cassandra.SERIAL))
        .thenApply(row -> row.map(found -> found.getString("asset_key")));
  }

  @Override
  public CompletionStage<String> put(String holderId, String sha256, String assetKey) {
    return cql.cas(insert.bind(holderId, sha256, assetKey))
        .thenApply(cas -> cas.applied() ? assetKey : cas.rows().get(0).getString("asset_key"));
  }

  @Override
  public CompletionStage<Void> release(String holderId) {
    return cql.all(selectSome.bind(holderId).setExecutionProfileName(Cassandra.SERIAL))
        .thenCompose(
            rows -> {
              if (rows.isEmpty()) return CompletableFuture.completedStage(null);
              return forget(holderId, rows).thenCompose(done -> release(holderId));
            });
  }

  /** Refused when somebody else forgets them: whoever asks then looks again. */
  private CompletionStage<?> forget(String holderId, List<Row> rows) {
    BatchStatementBuilder batch = BatchStatement.builder(BatchType.LOGGED);
    for (Row row : rows) batch.addStatement(delete.bind(holderId, row.getString("sha256")));
    return cql.cas(batch.build());
  }

  @Override
  public CompletionStage<Void> forEachAssetKey(Consumer<String> consumer) {
    return cql.forEach(scan.bind(), row -> consumer.accept(row.getString("asset_key")));
  }
}
