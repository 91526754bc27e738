// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.listing;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.corkboard.platform.cassandra.Cql;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The table {@code listing_bucket}: which buckets an owner has beside the first. */
final class CassandraListingBuckets {
  private static final String BELOW =
      "SELECT bucket FROM listing_bucket WHERE owner_id = ? AND bucket <= ?";
  private static final String TOP = BELOW + " LIMIT 1";
  private static final String ADD = "INSERT INTO listing_bucket (owner_id, bucket) VALUES (?, ?)";

  private final Cql cql;
  private final PreparedStatement below;
  private final PreparedStatement top;
  private final PreparedStatement add;

  CassandraListingBuckets(Cql cql) {
    this.cql = cql;
    below = cql.prepare(BELOW, true);
    top = cql.prepare(TOP, true);
    add = cql.prepare(ADD, true);
  }

  /** The bucket that a Pin is in, if it is listed. */
  CompletionStage<Long> of(long owner, long pinId) {
    return cql.one(top.bind(owner, pinId))
        .thenApply(row -> row.map(found -> found.getLong("bucket")).orElse(0L));
  }

  /** The buckets that begin at or below an id, newest first. */
  CompletionStage<List<Long>> below(long owner, long highest) {
    return cql.all(below.bind(owner, highest))
        .thenApply(
            rows -> {
              List<Long> buckets = new ArrayList<>();
              rows.forEach(row -> buckets.add(row.getLong("bucket")));
              buckets.add(0L);
              return buckets;
            });
  }

  CompletionStage<Void> add(long owner, long bucket) {
    return cql.execute(add.bind(owner, bucket)).thenAccept(done -> {});
  }
}
