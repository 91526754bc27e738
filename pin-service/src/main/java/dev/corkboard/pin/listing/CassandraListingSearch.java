// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.listing;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import dev.corkboard.pin.listing.OwnerListing.Entry;
import dev.corkboard.platform.cassandra.Cql;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds listed Pins by words and board, through the indexes of the table {@code listing}. */
final class CassandraListingSearch {
  private static final String DESCRIBE =
      "UPDATE listing SET words = words + ?"
          + " WHERE owner_id = ? AND bucket = ? AND kind = 0 AND key = ? AND step = ? IF EXISTS";
  private static final String FIND =
      "SELECT key, board_id, creative_type, saved FROM listing"
          + " WHERE owner_id = ? AND bucket = ? AND kind = 0 AND key < ?";
  private static final String HAS_WORD = " AND words CONTAINS ?";

  private final Cql cql;
  private final CassandraListingBuckets buckets;
  private final PreparedStatement describe;

  /** By the number of words. */
  private final List<PreparedStatement> anywhere = new ArrayList<>();

  private final List<PreparedStatement> onBoard = new ArrayList<>();

  /** What is looked for. */
  private record Query(long owner, long before, int limit, OptionalLong board, List<String> words) {
    List<Object> values(long bucket, int found) {
      List<Object> values = new ArrayList<>(List.of(owner, bucket, before));
      board.ifPresent(values::add);
      values.addAll(words);
      values.add(limit - found);
      return values;
    }
  }

  CassandraListingSearch(Cql cql, CassandraListingBuckets buckets) {
    this.cql = cql;
    this.buckets = buckets;
    describe = cql.prepare(DESCRIBE, false);
    for (int words = 0; words <= OwnerListing.MAX_WORDS; words++) {
      String rest = HAS_WORD.repeat(words) + " LIMIT ?";
      anywhere.add(cql.prepare(FIND + rest, true));
      onBoard.add(cql.prepare(FIND + " AND board_id = ?" + rest, true));
    }
  }

  CompletionStage<Void> describe(long owner, long pinId, Set<String> words) {
    return buckets
        .of(owner, pinId)
        .thenCompose(
            bucket ->
                cql.cas(
                    describe.bind(words, owner, bucket, pinId, CassandraListingStatements.NO_STEP)))
        .thenAccept(done -> {});
  }

  CompletionStage<List<Entry>> run(
      long owner, long before, int limit, OptionalLong board, List<String> words) {
    Query query = new Query(owner, before, limit, board, words);
    return buckets
        .below(owner, before - 1)
        .thenCompose(found -> fill(query, found, new ArrayList<>()));
  }

  private CompletionStage<List<Entry>> fill(Query query, List<Long> in, List<Entry> page) {
    if (in.isEmpty() || page.size() >= query.limit()) {
      return CompletableFuture.completedStage(page);
    }
    List<PreparedStatement> kind = query.board().isPresent() ? onBoard : anywhere;
    BoundStatement find =
        kind.get(query.words().size()).bind(query.values(in.get(0), page.size()).toArray());
    return cql.all(find)
        .thenCompose(
            rows -> {
              rows.forEach(row -> page.add(CassandraOwnerListing.entry(row)));
              return fill(query, in.subList(1, in.size()), page);
            });
  }
}
