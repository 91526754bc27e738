// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.saves;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.platform.cassandra.Attempts;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@link SaveStore} in Cassandra: a partition for each owner and day; see {@code pin.cql}. */
public final class CassandraSaveStore implements SaveStore {
  private static final String KEY = " WHERE owner_id = ? AND day = ?";
  private static final String SELECT_TOTAL = "SELECT total FROM save" + KEY + " LIMIT 1";
  private static final String SELECT_ROWS =
      "SELECT kind, saves FROM save"
          + KEY
          + " AND (kind, pin_id, saved_as) IN ((0, ?, 0), (1, ?, ?))";
  private static final String SELECT_SOME =
      "SELECT pin_id, saves FROM save" + KEY + " AND kind = 0 AND pin_id IN ? AND saved_as = 0";
  private static final String SELECT_ALL = "SELECT pin_id, saves FROM save" + KEY + " AND kind = 0";
  private static final String COUNT = "UPDATE save SET total = ?" + KEY + " IF total = ?";
  private static final String SET =
      "INSERT INTO save (owner_id, day, kind, pin_id, saved_as, saves) VALUES (?, ?, 0, ?, 0, ?)";
  private static final String INSERT =
      "INSERT INTO save (owner_id, day, kind, pin_id, saved_as) VALUES (?, ?, 1, ?, ?)";
  private static final String DELETE =
      "DELETE FROM save" + KEY + " AND kind = 1 AND pin_id = ? AND saved_as = ?";

  private final Cql cql;
  private final PreparedStatement selectTotal;
  private final PreparedStatement selectRows;
  private final PreparedStatement selectSome;
  private final PreparedStatement selectAll;
  private final PreparedStatement count;
  private final PreparedStatement set;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  public CassandraSaveStore(Cql cql) {
    this.cql = cql;
    selectTotal = cql.prepare(SELECT_TOTAL, true);
    selectRows = cql.prepare(SELECT_ROWS, true);
    selectSome = cql.prepare(SELECT_SOME, true);
    selectAll = cql.prepare(SELECT_ALL, true);
    count = cql.prepare(COUNT, false);
    set = cql.prepare(SET, false);
    insert = cql.prepare(INSERT, false);
    delete = cql.prepare(DELETE, false);
  }

  /** A save as the rows are keyed. */
  private record Key(long owner, LocalDate day, long pin, long savedAs) {
    static Key of(Save save) {
      return new Key(
          number(save.ownerId()), save.day(), number(save.pinId()), number(save.savedAs()));
    }
  }

  private static long number(String id) {
    return Ids.parse(id).orElseThrow(() -> new IllegalArgumentException("not an id: " + id));
  }

  @Override
  public CompletionStage<Void> count(Save save) {
    return write(Key.of(save), true);
  }

  @Override
  public CompletionStage<Void> discount(Save save) {
    return write(Key.of(save), false);
  }

  private CompletionStage<Void> write(Key key, boolean counted) {
    return Attempts.until(
            () ->
                totalRow(key)
                    .thenCompose(
                        total -> rows(key).thenCompose(rows -> write(key, counted, total, rows))))
        .thenAccept(done -> {});
  }

  private CompletionStage<Optional<Row>> totalRow(Key key) {
    return cql.one(
        selectTotal.bind(key.owner(), key.day()).setExecutionProfileName(Cassandra.SERIAL));
  }

  private CompletionStage<List<Row>> rows(Key key) {
    return cql.all(
        selectRows
            .bind(key.owner(), key.day(), key.pin(), key.pin(), key.savedAs())
            .setExecutionProfileName(Cassandra.SERIAL));
  }

  /** Empty when another writer won. */
  private CompletionStage<Optional<Boolean>> write(
      Key key, boolean counted, Optional<Row> total, List<Row> rows) {
    boolean there = rows.stream().anyMatch(row -> row.getByte("kind") == 1);
    if (there == counted) return CompletableFuture.completedStage(Optional.of(true));
    int by = counted ? 1 : -1;
    Integer before =
        total.filter(row -> !row.isNull("total")).map(row -> row.getInt("total")).orElse(null);
    int saves =
        rows.stream()
            .filter(row -> row.getByte("kind") == 0)
            .mapToInt(row -> row.getInt("saves"))
            .sum();
    BoundStatement step =
        (counted ? insert : delete).bind(key.owner(), key.day(), key.pin(), key.savedAs());
    return cql.cas(
            BatchStatement.builder(BatchType.LOGGED)
                .addStatement(
                    count.bind((before == null ? 0 : before) + by, key.owner(), key.day(), before))
                .addStatement(set.bind(key.owner(), key.day(), key.pin(), saves + by))
                .addStatement(step)
                .build())
        .thenApply(cas -> cas.applied() ? Optional.of(true) : Optional.empty());
  }

  @Override
  public CompletionStage<Integer> total(String ownerId, LocalDate day) {
    return cql.one(selectTotal.bind(number(ownerId), day))
        .thenApply(row -> row.map(r -> r.getInt("total")).orElse(0));
  }

  @Override
  public CompletionStage<Map<String, Integer>> of(
      String ownerId, LocalDate day, Collection<String> pinIds) {
    List<Long> pins = pinIds.stream().map(CassandraSaveStore::number).toList();
    return cql.all(selectSome.bind(number(ownerId), day, pins))
        .thenApply(CassandraSaveStore::byPin);
  }

  @Override
  public CompletionStage<Map<String, Integer>> all(String ownerId, LocalDate day) {
    return cql.all(selectAll.bind(number(ownerId), day)).thenApply(CassandraSaveStore::byPin);
  }

  private static Map<String, Integer> byPin(List<Row> rows) {
    Map<String, Integer> saves = new HashMap<>();
    for (Row row : rows) {
      if (row.getInt("saves") > 0)
        saves.put(Ids.format(row.getLong("pin_id")), row.getInt("saves"));
    }
    return saves;
  }
}
