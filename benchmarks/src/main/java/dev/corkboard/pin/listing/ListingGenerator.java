// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.listing;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.platform.cassandra.Cql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fills an owner's listing with the rows that adding Pins one by one leaves, but for the steps that
 * expire; many Pins of one board to a batch. For an owner whom nobody else adds to meanwhile.
 */
public final class ListingGenerator {
  private static final String BUCKET = " WHERE owner_id = ? AND bucket = ?";
  private static final byte TYPE = (byte) CreativeType.CREATIVE_TYPE_REGULAR.getNumber();

  private final Cql cql;
  private final CassandraListingStatements statements;
  private final CassandraListingBuckets buckets;
  private final PreparedStatement enter;
  private final PreparedStatement count;
  private final long owner;
  private final Map<Long, Integer> onBoard = new HashMap<>();
  private long bucket;
  private Integer inserted;
  private int live;

  public ListingGenerator(Cql cql, long owner) {
    this.cql = cql;
    this.owner = owner;
    statements = new CassandraListingStatements(cql);
    buckets = new CassandraListingBuckets(cql);
    enter =
        cql.prepare(
            "UPDATE listing SET inserted = ?, live = ?" + BUCKET + " IF hi = null AND inserted = ?",
            false);
    count =
        cql.prepare(
            "UPDATE listing SET pins = ?"
                + BUCKET
                + " AND kind = 1 AND key = ? AND step = ?"
                + " IF pins = ?",
            false);
    open(buckets.of(owner, Long.MAX_VALUE).toCompletableFuture().join());
  }

  private void open(long next) {
    bucket = next;
    onBoard.clear();
    Optional<Row> head = cql.one(statements.head.bind(owner, bucket)).toCompletableFuture().join();
    inserted = head.map(row -> row.get("inserted", Integer.class)).orElse(null);
    live = head.map(row -> row.getInt("live")).orElse(0);
    for (Row row : cql.all(statements.counts.bind(owner, bucket)).toCompletableFuture().join()) {
      onBoard.put(row.getLong("key"), row.getInt("pins"));
    }
  }

  /** Lists Pins on a board; their ids ascend, from one call to the next too. */
  public void add(long board, List<Long> pins) {
    if (inserted != null && inserted >= CassandraOwnerListing.BUCKET_ROWS) seal(pins.get(0));
    int after = (inserted == null ? 0 : inserted) + pins.size();
    Integer before = onBoard.get(board);
    int now = (before == null ? 0 : before) + pins.size();
    BatchStatementBuilder batch =
        BatchStatement.builder(BatchType.LOGGED)
            .addStatement(enter.bind(after, live + pins.size(), owner, bucket, inserted))
            .addStatement(
                count.bind(now, owner, bucket, board, CassandraListingStatements.NO_STEP, before));
    for (long pin : pins) {
      batch.addStatement(
          statements.insertPin.bind(
              owner,
              bucket,
              pin,
              CassandraListingStatements.NO_STEP,
              board,
              TYPE,
              false,
              Set.of()));
    }
    apply(batch.build());
    inserted = after;
    live += pins.size();
    onBoard.put(board, now);
  }

  private void seal(long hi) {
    apply(
        BatchStatement.newInstance(
            BatchType.LOGGED,
            statements.seal.bind(hi, owner, bucket, CassandraOwnerListing.BUCKET_ROWS)));
    buckets.add(owner, hi).toCompletableFuture().join();
    open(hi);
  }

  private void apply(BatchStatement batch) {
    if (!cql.cas(batch).toCompletableFuture().join().applied()) {
      throw new IllegalStateException("the generator's batch was refused");
    }
  }
}
