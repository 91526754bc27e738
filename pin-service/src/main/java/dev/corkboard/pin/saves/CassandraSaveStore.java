// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.saves;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.TupleType;
import dev.corkboard.platform.cassandra.Attempts;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.cassandra.GroupCommit;
import dev.corkboard.platform.check.Ids;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@link SaveStore} in Cassandra: a partition for each owner and day; see {@code pin.cql}. */
public final class CassandraSaveStore implements SaveStore {
  private static final String KEY = " WHERE owner_id = ? AND day = ?";
  private static final String SELECT_TOTAL = "SELECT total FROM save" + KEY + " LIMIT 1";
  private static final String SELECT_ROWS =
      "SELECT kind, pin_id, saved_as, saves FROM save" + KEY + " AND (kind, pin_id, saved_as) IN ?";
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

  private static final byte PIN = 0;
  private static final byte SAVE = 1;

  /** Changes in a batch, of which Cassandra warns when it has more than 5 KiB. */
  private static final int MOST = 30;

  private final Cql cql;
  private final PreparedStatement selectTotal;
  private final PreparedStatement selectRows;
  private final PreparedStatement selectSome;
  private final PreparedStatement selectAll;
  private final PreparedStatement count;
  private final PreparedStatement set;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final TupleType rowKey;
  private final GroupCommit<Day, Change> commits = new GroupCommit<>(MOST, this::commit);

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
    rowKey = rowKey(selectRows);
  }

  private static TupleType rowKey(PreparedStatement select) {
    ListType keys = (ListType) select.getVariableDefinitions().get(2).getType();
    return (TupleType) keys.getElementType();
  }

  /** A partition. */
  private record Day(long owner, LocalDate day) {}

  /** A save within a day. */
  private record Key(long pin, long savedAs) {}

  private record Change(Key save, boolean counted) {}

  @Override
  public CompletionStage<Void> count(Save save) {
    return write(save, true);
  }

  @Override
  public CompletionStage<Void> discount(Save save) {
    return write(save, false);
  }

  private CompletionStage<Void> write(Save save, boolean counted) {
    return commits.add(
        new Day(Ids.number(save.ownerId()), save.day()),
        new Change(new Key(Ids.number(save.pinId()), Ids.number(save.savedAs())), counted));
  }

  private CompletionStage<Void> commit(Day day, List<Change> changes) {
    return Attempts.until(
            () ->
                total(day)
                    .thenCompose(
                        total ->
                            rows(day, changes).thenCompose(rows -> cas(day, changes, total, rows))))
        .thenAccept(done -> {});
  }

  private CompletionStage<Optional<Integer>> total(Day day) {
    return cql.one(
            selectTotal.bind(day.owner(), day.day()).setExecutionProfileName(Cassandra.SERIAL))
        .thenApply(row -> row.filter(r -> !r.isNull("total")).map(r -> r.getInt("total")));
  }

  private CompletionStage<List<Row>> rows(Day day, List<Change> changes) {
    Set<TupleValue> keys = new LinkedHashSet<>();
    for (Change change : changes) {
      keys.add(rowKey.newValue(PIN, change.save().pin(), 0L));
      keys.add(rowKey.newValue(SAVE, change.save().pin(), change.save().savedAs()));
    }
    return cql.all(
        selectRows
            .bind(day.owner(), day.day(), List.copyOf(keys))
            .setExecutionProfileName(Cassandra.SERIAL));
  }

  /** Empty when another writer won. */
  private CompletionStage<Optional<Boolean>> cas(
      Day day, List<Change> changes, Optional<Integer> total, List<Row> rows) {
    Counts counts = new Counts(rows);
    changes.forEach(counts::apply);
    if (counts.toggled.isEmpty()) return CompletableFuture.completedStage(Optional.of(true));
    BatchStatementBuilder batch = BatchStatement.builder(BatchType.LOGGED);
    batch.addStatement(
        count.bind(total.orElse(0) + counts.by, day.owner(), day.day(), total.orElse(null)));
    counts.saves.forEach(
        (pin, saves) -> batch.addStatement(set.bind(day.owner(), day.day(), pin, saves)));
    for (Key save : counts.toggled) {
      PreparedStatement step = counts.standing.contains(save) ? insert : delete;
      batch.addStatement(step.bind(day.owner(), day.day(), save.pin(), save.savedAs()));
    }
    return cql.cas(batch.build())
        .thenApply(cas -> cas.applied() ? Optional.of(true) : Optional.empty());
  }

  /** What was read, with changes applied one after the other. */
  private static final class Counts {
    private final Set<Key> standing = new HashSet<>();
    private final Map<Long, Integer> saves = new HashMap<>();
    private final Set<Key> toggled = new LinkedHashSet<>();
    private int by;

    Counts(List<Row> rows) {
      for (Row row : rows) {
        if (row.getByte("kind") == SAVE) {
          standing.add(new Key(row.getLong("pin_id"), row.getLong("saved_as")));
        } else {
          saves.put(row.getLong("pin_id"), row.getInt("saves"));
        }
      }
    }

    void apply(Change change) {
      Key save = change.save();
      boolean changed = change.counted() ? standing.add(save) : standing.remove(save);
      if (!changed) return;
      int more = change.counted() ? 1 : -1;
      by += more;
      saves.merge(save.pin(), more, Integer::sum);
      if (!toggled.remove(save)) toggled.add(save);
    }
  }

  @Override
  public CompletionStage<Integer> total(String ownerId, LocalDate day) {
    return cql.one(selectTotal.bind(Ids.number(ownerId), day))
        .thenApply(row -> row.map(r -> r.getInt("total")).orElse(0));
  }

  @Override
  public CompletionStage<Map<String, Integer>> of(
      String ownerId, LocalDate day, Collection<String> pinIds) {
    List<Long> pins = pinIds.stream().map(Ids::number).toList();
    return cql.all(selectSome.bind(Ids.number(ownerId), day, pins))
        .thenApply(CassandraSaveStore::byPin);
  }

  @Override
  public CompletionStage<Map<String, Integer>> all(String ownerId, LocalDate day) {
    return cql.all(selectAll.bind(Ids.number(ownerId), day)).thenApply(CassandraSaveStore::byPin);
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
