// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks;

import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.platform.cassandra.Cql;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Rows of Pins that are like one that the service made, but for their ids and board. */
public final class PinCopies {
  private static final List<String> COLUMNS =
      List.of(
          "state",
          "ver",
          "owner_id",
          "title",
          "description",
          "link",
          "root_pin_id",
          "dominant_color",
          "creative_type",
          "images",
          "create_time",
          "update_time");

  private final Cql cql;
  private final Row pattern;
  private final PreparedStatement insert;
  private final PreparedStatement state;

  public PinCopies(Cql cql, String pinId) {
    this.cql = cql;
    String columns = String.join(", ", COLUMNS);
    PreparedStatement select =
        cql.prepare("SELECT " + columns + " FROM pin WHERE pin_id = ?", true);
    pattern = cql.one(select.bind(Long.valueOf(pinId))).toCompletableFuture().join().orElseThrow();
    insert =
        cql.prepare(
            "INSERT INTO pin (pin_id, board_id, "
                + columns
                + ") VALUES (?, ?"
                + ", ?".repeat(COLUMNS.size())
                + ")",
            true);
    state = cql.prepare("SELECT state FROM pin WHERE pin_id = ?", true);
  }

  public long owner() {
    return pattern.getLong("owner_id");
  }

  public void make(long board, List<Long> pins) {
    List<CompletableFuture<?>> made = new ArrayList<>();
    for (long pin : pins) {
      BoundStatementBuilder row = insert.boundStatementBuilder(pin, board);
      for (int i = 0; i < COLUMNS.size(); i++) {
        row.setBytesUnsafe(i + 2, pattern.getBytesUnsafe(i));
      }
      made.add(cql.execute(row.build()).toCompletableFuture());
    }
    CompletableFuture.allOf(made.toArray(CompletableFuture[]::new)).join();
  }

  /** How many of the Pins are not in the state of a deleted one. */
  long standing(List<Long> pins) {
    final byte deleted = 3;
    List<CompletableFuture<Boolean>> looks = new ArrayList<>();
    for (long pin : pins) {
      looks.add(
          cql.one(state.bind(pin))
              .thenApply(row -> row.isPresent() && row.get().getByte("state") != deleted)
              .toCompletableFuture());
    }
    return looks.stream().filter(CompletableFuture::join).count();
  }
}
