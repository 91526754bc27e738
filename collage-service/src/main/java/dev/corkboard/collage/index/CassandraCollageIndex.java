// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.index;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.corkboard.platform.cassandra.Cql;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@link CollageIndex} in Cassandra: see {@code index.cql}. */
public final class CassandraCollageIndex implements CollageIndex {
  /** The schema. */
  public static final String SCHEMA = "/index.cql";

  private static final String INSERT =
      "INSERT INTO collage_index (kind, value, collage_id) VALUES (?, ?, ?)";
  private static final String DELETE =
      "DELETE FROM collage_index WHERE kind = ? AND value = ? AND collage_id = ?";
  private static final String SELECT =
      "SELECT collage_id FROM collage_index WHERE kind = ? AND value = ? AND collage_id < ? LIMIT ?";

  private final Cql cql;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement select;

  public CassandraCollageIndex(Cql cql) {
    this.cql = cql;
    insert = cql.prepare(INSERT, true);
    delete = cql.prepare(DELETE, true);
    select = cql.prepare(SELECT, true);
  }

  @Override
  public CompletionStage<Void> add(Key key, long collageId) {
    return cql.execute(insert.bind(key.kind().code(), key.value(), collageId))
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> remove(Key key, long collageId) {
    return cql.execute(delete.bind(key.kind().code(), key.value(), collageId))
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<List<Long>> find(Key key, long before, int limit) {
    return cql.all(select.bind(key.kind().code(), key.value(), before, limit))
        .thenApply(rows -> rows.stream().map(row -> row.getLong("collage_id")).toList());
  }
}
