// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.corkboard.board.Keys;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.platform.cassandra.Cql;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Scans a board's memberships by Pin. Where more deletions follow one another than Cassandra reads
 * past (100,000 by default), the scan goes on in strides of ids, each with fewer of them.
 */
final class CassandraMemberships {
  private static final String SELECT =
      "SELECT board_id, k1, section_id, cover, actor_id, at FROM board"
          + " WHERE board_id = ? AND kind = 1 AND epoch = 0 AND k1 > ?";

  /** The ids of a second. */
  private static final long FIRST_STRIDE = 1L << 32;

  private final Cql cql;
  private final PreparedStatement select;
  private final PreparedStatement selectStride;

  CassandraMemberships(Cql cql) {
    this.cql = cql;
    select = cql.prepare(SELECT + " LIMIT ?", true);
    selectStride = cql.prepare(SELECT + " AND k1 <= ? LIMIT ?", true);
  }

  /** The memberships of the next Pins, fewer than {@code limit} only at the end. */
  CompletionStage<List<Placement>> after(long boardId, long pinId, int limit) {
    return read(select.bind(boardId, Keys.of(pinId), limit))
        .exceptionallyCompose(
            failure ->
                Cql.isReadFailure(failure)
                    ? stride(boardId, pinId, FIRST_STRIDE, limit, List.of())
                    : CompletableFuture.failedFuture(failure));
  }

  private CompletionStage<List<Placement>> stride(
      long boardId, long after, long length, int limit, List<Placement> before) {
    long to = length > Long.MAX_VALUE - after ? Long.MAX_VALUE : after + length;
    return read(selectStride.bind(boardId, Keys.of(after), Keys.of(to), limit))
        .thenCompose(
            part -> {
              List<Placement> all = Stream.concat(before.stream(), part.stream()).toList();
              return part.size() == limit || to == Long.MAX_VALUE
                  ? CompletableFuture.completedFuture(all)
                  : stride(boardId, to, longer(length), limit - part.size(), all);
            })
        .exceptionallyCompose(
            failure ->
                Cql.isReadFailure(failure) && length > 1
                    ? stride(boardId, after, length / 2, limit, before)
                    : CompletableFuture.failedFuture(failure));
  }

  private static long longer(long length) {
    return length > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * length;
  }

  private CompletionStage<List<Placement>> read(BoundStatement statement) {
    return cql.all(statement.setExecutionProfileName("scan"))
        .thenApply(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            CassandraPlacementTable.placement(
                                row, row.getByteBuffer("k1").getLong()))
                    .toList());
  }
}
