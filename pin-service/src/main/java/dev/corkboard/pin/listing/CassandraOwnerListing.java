// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.listing;

import static dev.corkboard.pin.listing.CassandraListingStatements.NO_STEP;
import static dev.corkboard.pin.listing.CassandraListingStatements.PINS;
import static dev.corkboard.pin.listing.CassandraListingStatements.STEPS;
import static java.util.stream.Collectors.toSet;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.TupleValue;
import com.datastax.oss.driver.api.core.type.DataTypes;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.trace.Trails;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * {@link OwnerListing} in Cassandra: see {@code pin.cql}.
 *
 * <p>A write reads the bucket's head first and then writes under the conditions that made it choose
 * the bucket, never under the numbers it read, so writers of one bucket do not refuse each other. A
 * bucket that is full takes nothing more while it is open; so its highest id stands still while the
 * seal is chosen above it. Only ids below the seal enter afterwards, so the ids of the buckets of
 * an owner never overlap, and the directory needs no order of writes to be right.
 */
public final class CassandraOwnerListing implements OwnerListing {
  /** Rows put into a bucket before it is sealed; 20,000 rows and their tombstones read in 90 ms. */
  public static final int BUCKET_ROWS = 20_000;

  /** Repeats come only with a seal, a first row or a repeat; so many in a row are a defect. */
  private static final int ATTEMPTS = 20;

  /** Of one bucket; a conditional batch costs the same for one and for some. */
  private static final int REMOVED_AT_ONCE = 50;

  private final Cql cql;
  private final CassandraListingStatements statements;
  private final CassandraListingBuckets buckets;
  private final CassandraListingSearch search;
  private final LongSupplier ids;
  private final int bucketRows;

  /**
   * A listing.
   *
   * @param ids makes ids as those of Pins, for the names of new buckets
   */
  public CassandraOwnerListing(Cql cql, LongSupplier ids, int bucketRows) {
    this.cql = cql;
    this.statements = new CassandraListingStatements(cql);
    this.buckets = new CassandraListingBuckets(cql);
    this.search = new CassandraListingSearch(cql, buckets);
    this.ids = ids;
    this.bucketRows = bucketRows;
  }

  /** Where a bucket begins and what its static columns say. */
  private record Head(long bucket, Long hi, Integer inserted, int live) {
    boolean endsBefore(long pinId) {
      return hi != null && pinId >= hi;
    }
  }

  /** What of a Pin a bucket holds. */
  private record Listed(Optional<Long> board, boolean stepped) {}

  @Override
  public CompletionStage<Void> add(String ownerId, Entry entry, UUID step) {
    long owner = Ids.number(ownerId);
    long pinId = Ids.number(entry.pinId());
    return buckets.of(owner, pinId).thenCompose(b -> add(owner, b, entry, step, 1));
  }

  private CompletionStage<Void> add(long owner, long bucket, Entry entry, UUID step, int attempt) {
    long pinId = Ids.number(entry.pinId());
    long board = Ids.number(entry.boardId());
    CompletionStage<Boolean> counted = isCounted(owner, bucket, board);
    return head(owner, bucket)
        .thenCombine(counted, (head, known) -> new Object[] {head, known})
        .thenCompose(
            seen -> {
              Head head = (Head) seen[0];
              if (head.endsBefore(pinId)) {
                return buckets
                    .add(owner, head.hi())
                    .thenCompose(done -> add(owner, head.hi(), entry, step, attempt));
              }
              if (head.hi() == null && head.inserted() != null && head.inserted() >= bucketRows) {
                return seal(owner, bucket)
                    .thenCompose(done -> again(attempt, n -> add(owner, bucket, entry, step, n)));
              }
              BatchStatement batch =
                  batch(
                      enter(owner, head),
                      statements.insertPin.bind(
                          owner,
                          bucket,
                          pinId,
                          NO_STEP,
                          board,
                          (byte) entry.type().getNumber(),
                          entry.saved(),
                          entry.words()),
                      statements.more(owner, bucket, board, (Boolean) seen[1]),
                      statements.step(owner, bucket, pinId, step, board));
              return applied(
                  batch,
                  () ->
                      listed(owner, bucket, pinId, step)
                          .thenCompose(
                              there ->
                                  there.stepped() || there.board().isPresent()
                                      ? done()
                                      : again(attempt, n -> add(owner, bucket, entry, step, n))));
            });
  }

  private BoundStatement enter(long owner, Head head) {
    if (head.hi() != null) return statements.enterLate.bind(owner, head.bucket(), head.hi());
    if (head.inserted() == null) return statements.open.bind(owner, head.bucket());
    return statements.enter.bind(owner, head.bucket(), bucketRows);
  }

  /** Ends a full bucket above its highest id; whoever comes first chooses. */
  private CompletionStage<Void> seal(long owner, long bucket) {
    return cql.one(
            statements
                .page
                .bind(owner, bucket, Long.MAX_VALUE, 1)
                .setExecutionProfileName(Cassandra.SERIAL))
        .thenCompose(
            top -> {
              long above = top.map(row -> row.getLong("key") + 1).orElse(bucket + 1);
              long hi = Math.max(ids.getAsLong(), above);
              return cql.cas(statements.seal.bind(hi, owner, bucket, bucketRows));
            })
        .thenApply(cas -> null);
  }

  @Override
  public CompletionStage<Void> move(String ownerId, String pinId, String boardId, UUID step) {
    long owner = Ids.number(ownerId);
    long pin = Ids.number(pinId);
    return buckets
        .of(owner, pin)
        .thenCompose(b -> move(owner, b, pin, Ids.number(boardId), step, 1));
  }

  private CompletionStage<Void> move(
      long owner, long bucket, long pinId, long board, UUID step, int attempt) {
    return listed(owner, bucket, pinId, step)
        .thenCombine(isCounted(owner, bucket, board), (there, known) -> new Object[] {there, known})
        .thenCompose(
            seen -> {
              Listed there = (Listed) seen[0];
              if (there.stepped() || there.board().isEmpty()) return done();
              long from = there.board().get();
              if (from == board) return done();
              BatchStatement batch =
                  batch(
                      statements.movePin(owner, bucket, pinId, from, board),
                      statements.fewer(owner, bucket, from, 1),
                      statements.more(owner, bucket, board, (Boolean) seen[1]),
                      statements.step(owner, bucket, pinId, step, board));
              return applied(
                  batch, () -> again(attempt, n -> move(owner, bucket, pinId, board, step, n)));
            });
  }

  @Override
  public CompletionStage<Void> remove(String ownerId, Collection<String> pinIds) {
    NavigableSet<Long> pins = new TreeSet<>();
    pinIds.forEach(pinId -> pins.add(Ids.number(pinId)));
    return remove(Ids.number(ownerId), pins);
  }

  private CompletionStage<Void> remove(long owner, NavigableSet<Long> pins) {
    if (pins.isEmpty()) return done();
    return buckets
        .of(owner, pins.last())
        .thenCompose(
            bucket -> {
              List<Long> last =
                  pins.tailSet(bucket, true).descendingSet().stream()
                      .limit(REMOVED_AT_ONCE)
                      .toList();
              NavigableSet<Long> rest = pins.headSet(last.get(last.size() - 1), false);
              return remove(owner, bucket, last, 1).thenCompose(removed -> remove(owner, rest));
            });
  }

  private CompletionStage<Void> remove(long owner, long bucket, List<Long> pins, int attempt) {
    return cql.all(
            statements
                .boardsOf
                .bind(owner, bucket, pins, NO_STEP)
                .setExecutionProfileName(Cassandra.SERIAL))
        .thenCompose(
            there -> {
              if (there.isEmpty()) return done();
              BatchStatementBuilder batch = BatchStatement.builder(BatchType.LOGGED);
              batch.addStatement(statements.leave(owner, bucket, there.size()));
              Map<Long, Integer> boards = new HashMap<>();
              for (Row row : there) {
                long board = row.getLong("board_id");
                batch.addStatement(statements.deletePin(owner, bucket, row.getLong("key"), board));
                boards.merge(board, 1, Integer::sum);
              }
              boards.forEach(
                  (board, fewer) ->
                      batch.addStatement(statements.fewer(owner, bucket, board, fewer)));
              return applied(
                  batch.build(), () -> again(attempt, n -> remove(owner, bucket, pins, n)));
            });
  }

  @Override
  public CompletionStage<List<Entry>> page(
      String ownerId, String beforePinId, int limit, Set<String> passedOver) {
    long owner = Ids.number(ownerId);
    long before = beforePinId.isEmpty() ? Long.MAX_VALUE : Ids.number(beforePinId);
    Set<Long> boards = passedOver.stream().map(Ids::number).collect(toSet());
    return buckets
        .below(owner, before - 1)
        .thenCompose(found -> fill(owner, found, before, limit, boards, new ArrayList<>()));
  }

  private CompletionStage<List<Entry>> fill(
      long owner,
      List<Long> buckets,
      long before,
      int limit,
      Set<Long> passedOver,
      List<Entry> page) {
    if (buckets.isEmpty() || page.size() >= limit) return CompletableFuture.completedStage(page);
    long bucket = buckets.get(0);
    return hasOther(owner, bucket, passedOver)
        .thenCompose(
            has ->
                has
                    ? cql.all(statements.page.bind(owner, bucket, before, limit - page.size()))
                    : CompletableFuture.completedStage(List.<Row>of()))
        .thenCompose(
            rows -> {
              rows.forEach(row -> page.add(entry(row)));
              List<Long> older = buckets.subList(1, buckets.size());
              return fill(owner, older, before, limit, passedOver, page);
            });
  }

  /** Whether a bucket has Pins, and not only on boards that are passed over. */
  private CompletionStage<Boolean> hasOther(long owner, long bucket, Set<Long> passedOver) {
    if (passedOver.isEmpty()) return head(owner, bucket).thenApply(head -> head.live() > 0);
    return cql.all(statements.counts.bind(owner, bucket))
        .thenApply(
            rows ->
                rows.stream()
                    .anyMatch(
                        row -> row.getInt("pins") > 0 && !passedOver.contains(row.getLong("key"))));
  }

  @Override
  public CompletionStage<Void> describe(String ownerId, String pinId, Set<String> words) {
    return search.describe(Ids.number(ownerId), Ids.number(pinId), words);
  }

  @Override
  public CompletionStage<List<Entry>> search(
      String ownerId, String beforePinId, int limit, String boardId, Collection<String> words) {
    return search.run(
        Ids.number(ownerId),
        beforePinId.isEmpty() ? Long.MAX_VALUE : Ids.number(beforePinId),
        limit,
        boardId.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Ids.number(boardId)),
        words.stream().limit(MAX_WORDS).toList());
  }

  static Entry entry(Row row) {
    return new Entry(
        Ids.format(row.getLong("key")),
        Ids.format(row.getLong("board_id")),
        CreativeType.forNumber(row.getByte("creative_type")),
        row.getBoolean("saved"));
  }

  @Override
  public CompletionStage<Map<String, Integer>> counts(String ownerId) {
    long owner = Ids.number(ownerId);
    return buckets
        .below(owner, Long.MAX_VALUE)
        .thenCompose(
            found -> {
              List<CompletableFuture<List<Row>>> reads = new ArrayList<>();
              for (long bucket : found) {
                reads.add(cql.all(statements.counts.bind(owner, bucket)).toCompletableFuture());
              }
              return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
                  .thenApply(all -> sum(reads));
            });
  }

  private static Map<String, Integer> sum(List<CompletableFuture<List<Row>>> reads) {
    Map<String, Integer> counts = new HashMap<>();
    for (CompletableFuture<List<Row>> read : reads) {
      for (Row row : read.join()) {
        int pins = row.getInt("pins");
        if (pins > 0) counts.merge(Ids.format(row.getLong("key")), pins, Integer::sum);
      }
    }
    return counts;
  }

  private CompletionStage<Head> head(long owner, long bucket) {
    return cql.one(statements.head.bind(owner, bucket))
        .thenApply(
            row ->
                row.map(
                        found ->
                            new Head(
                                bucket,
                                found.get("hi", Long.class),
                                found.get("inserted", Integer.class),
                                found.getInt("live")))
                    .orElseGet(() -> new Head(bucket, null, null, 0)));
  }

  private CompletionStage<Boolean> isCounted(long owner, long bucket, long board) {
    return cql.one(statements.count.bind(owner, bucket, board, NO_STEP))
        .thenApply(Optional::isPresent);
  }

  private CompletionStage<Listed> listed(long owner, long bucket, long pinId, UUID step) {
    return cql.all(
            statements
                .pin
                .bind(owner, bucket, place(PINS, pinId, NO_STEP), place(STEPS, pinId, step))
                .setExecutionProfileName(Cassandra.SERIAL))
        .thenApply(
            rows -> {
              Optional<Long> board = Optional.empty();
              boolean stepped = false;
              for (Row row : rows) {
                if (row.getByte("kind") == STEPS) stepped = true;
                else board = Optional.of(row.getLong("board_id"));
              }
              return new Listed(board, stepped);
            });
  }

  private static TupleValue place(byte kind, long key, UUID step) {
    return DataTypes.tupleOf(DataTypes.TINYINT, DataTypes.BIGINT, DataTypes.UUID)
        .newValue(kind, key, step);
  }

  private static BatchStatement batch(BoundStatement... statements) {
    return BatchStatement.newInstance(BatchType.LOGGED, statements);
  }

  private CompletionStage<Void> applied(
      BatchStatement batch, Supplier<CompletionStage<Void>> refused) {
    return cql.cas(batch).thenCompose(cas -> cas.applied() ? done() : refused.get());
  }

  private static CompletionStage<Void> again(int attempt, IntFunction<CompletionStage<Void>> next) {
    if (attempt == ATTEMPTS) {
      return CompletableFuture.failedStage(
          ApiException.aborted(
              ErrorReason.ERROR_REASON_CONTENTION, "Too many writes at once; try again."));
    }
    long pause = ThreadLocalRandom.current().nextLong(1, 5L * attempt);
    return Trails.follow(
            CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS)))
        .thenCompose(waited -> next.apply(attempt + 1));
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedStage(null);
  }
}
