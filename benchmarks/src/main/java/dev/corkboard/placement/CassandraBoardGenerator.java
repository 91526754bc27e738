// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.corkboard.board.CassandraHeaders;
import dev.corkboard.board.Keys;
import dev.corkboard.board.RequestKey;
import dev.corkboard.board.change.CassandraIntents;
import dev.corkboard.platform.cassandra.Cql;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Fills a board with the rows that placing Pins one by one leaves, many Pins to a batch. */
public final class CassandraBoardGenerator {
  private final Cql cql;
  private final CassandraIntents intents;
  private final PreparedStatement count;
  private final PreparedStatement membership;
  private final PreparedStatement order;
  private final PreparedStatement change;
  private final PreparedStatement request;

  public CassandraBoardGenerator(Cql cql, CassandraIntents intents) {
    this.cql = cql;
    this.intents = intents;
    count =
        cql.prepare(
            "UPDATE board SET pin_count += ?, pins_modified_at = ? WHERE board_id = ?"
                + " IF state = 1 AND cur_epoch = 1 AND next_epoch = 0",
            false);
    membership =
        cql.prepare(
            "INSERT INTO board (board_id, kind, epoch, k1, k2, order_key, section_id, cover,"
                + " actor_id, at) VALUES (?, 1, 0, ?, 0, ?, 0, ?, ?, ?) IF NOT EXISTS",
            false);
    order =
        cql.prepare(
            "INSERT INTO board (board_id, kind, epoch, k1, k2, section_id, cover, actor_id, at)"
                + " VALUES (?, 0, 1, ?, ?, 0, ?, ?, ?)",
            false);
    change =
        cql.prepare(
            "INSERT INTO board (board_id, kind, epoch, k1, k2, change_type, pin_id, actor_id, at)"
                + " VALUES (?, 8, 0, ?, 0, 1, ?, ?, ?) IF NOT EXISTS USING TTL "
                + CassandraHeaders.CHANGE_SECONDS,
            false);
    request =
        cql.prepare(
            "INSERT INTO board (board_id, kind, epoch, k1, k2, req_hash, pin_id, at)"
                + " VALUES (?, 9, 0, ?, 0, ?, ?, ?) IF NOT EXISTS USING TTL "
                + RequestKey.SECONDS,
            false);
  }

  /** Places the Pins in one conditional batch. */
  public void place(long board, long owner, List<Long> pins) {
    Instant now = Instant.now();
    BatchStatementBuilder batch =
        BatchStatement.builder(BatchType.LOGGED).addStatement(count.bind(pins.size(), now, board));
    for (long pin : pins) {
      ByteBuffer key = Keys.newestFirst(pin);
      String cover = "cover-" + pin;
      batch
          .addStatement(membership.bind(board, Keys.of(pin), key, cover, owner, now))
          .addStatement(order.bind(board, key, pin, cover, owner, now))
          .addStatement(change.bind(board, Keys.of(intents.newId()), pin, owner, now))
          .addStatement(
              request.bind(board, Keys.of(UUID.randomUUID()), ByteBuffer.allocate(32), pin, now));
    }
    boolean applied = cql.cas(batch.build()).toCompletableFuture().join().applied();
    if (!applied) throw new IllegalStateException("the generator's batch was refused");
  }
}
