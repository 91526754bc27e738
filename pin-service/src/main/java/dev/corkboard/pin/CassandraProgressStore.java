// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@link ProgressStore} in Cassandra: see {@code pin.cql}. */
final class CassandraProgressStore implements ProgressStore {
  private static final String SELECT = "SELECT position FROM progress WHERE name = ?";
  private static final String INSERT = "INSERT INTO progress (name, position) VALUES (?, ?)";
  private static final String SELECT_CASCADES =
      "SELECT board_id, position FROM cascade WHERE shard = 0";
  private static final String INSERT_CASCADE =
      "INSERT INTO cascade (shard, board_id, position) VALUES (0, ?, ?)";
  private static final String DELETE_CASCADE =
      "DELETE FROM cascade WHERE shard = 0 AND board_id = ?";

  private final Cql cql;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement selectCascades;
  private final PreparedStatement insertCascade;
  private final PreparedStatement deleteCascade;

  CassandraProgressStore(Cql cql) {
    this.cql = cql;
    this.select = cql.prepare(SELECT, true);
    this.insert = cql.prepare(INSERT, true);
    this.selectCascades = cql.prepare(SELECT_CASCADES, true);
    this.insertCascade = cql.prepare(INSERT_CASCADE, true);
    this.deleteCascade = cql.prepare(DELETE_CASCADE, true);
  }

  @Override
  public CompletionStage<Optional<String>> position(String name) {
    return cql.one(select.bind(name))
        .thenApply(row -> row.map(found -> found.getString("position")));
  }

  @Override
  public CompletionStage<Void> savePosition(String name, String position) {
    return run(insert.bind(name, position));
  }

  @Override
  public CompletionStage<Map<String, String>> cascades() {
    return cql.all(selectCascades.bind())
        .thenApply(
            rows -> {
              Map<String, String> cascades = new LinkedHashMap<>();
              for (Row row : rows) {
                cascades.put(Ids.format(row.getLong("board_id")), row.getString("position"));
              }
              return cascades;
            });
  }

  @Override
  public CompletionStage<Void> saveCascade(String boardId, String pageToken) {
    return run(insertCascade.bind(Ids.number(boardId), pageToken));
  }

  @Override
  public CompletionStage<Void> endCascade(String boardId) {
    return run(deleteCascade.bind(Ids.number(boardId)));
  }

  private CompletionStage<Void> run(BoundStatement statement) {
    return cql.execute(statement).thenApply(done -> null);
  }
}
