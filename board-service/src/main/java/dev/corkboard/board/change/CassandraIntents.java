// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Change;
import dev.corkboard.platform.cassandra.Cql;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables {@code intent} and {@code intent_bucket}. */
public final class CassandraIntents {
  private static final Logger log = LoggerFactory.getLogger(CassandraIntents.class);

  private static final String INSERT_BUCKET =
      "INSERT INTO intent_bucket (day, bucket, done) VALUES (?, ?, false)";
  private static final String SELECT_BUCKETS =
      "SELECT bucket, done FROM intent_bucket WHERE day = ? AND bucket >= ?";
  private static final String CLOSE_BUCKET =
      "UPDATE intent_bucket SET done = true WHERE day = ? AND bucket = ?";
  private static final String INSERT =
      "INSERT INTO intent (bucket, shard, id, op, board_id, owner_id, pin_id, actor_id, board,"
          + " new_slug, old_slug, old_slug_intent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String MARK =
      "UPDATE intent SET outcome = ? WHERE bucket = ? AND shard = ? AND id = ?";
  private static final String SELECT =
      "SELECT id, op, board_id, owner_id, pin_id, actor_id, board, new_slug, old_slug,"
          + " old_slug_intent, outcome FROM intent WHERE bucket = ? AND shard = ?";

  private static final long BUCKETS_PER_DAY =
      Duration.ofDays(1).toMillis() / IntentIds.BUCKET_MILLIS;

  private final Cql cql;
  private final Clock clock;
  private final LogTimes times;
  private final PreparedStatement insertBucket;
  private final PreparedStatement selectBuckets;
  private final PreparedStatement closeBucket;
  private final PreparedStatement insert;
  private final PreparedStatement mark;
  private final PreparedStatement select;
  private volatile long knownBucket = -1;

  /** An intent as it was read. */
  record Logged(Intent intent, Outcome outcome) {
    UUID id() {
      return intent.id();
    }
  }

  /** A bucket that holds intents; {@code done} when all are known to be settled. */
  record Bucket(long number, boolean done) {
    long endMillis() {
      return (number + 1) * IntentIds.BUCKET_MILLIS;
    }
  }

  public CassandraIntents(Cql cql, Clock clock, LogTimes times) {
    this.cql = cql;
    this.clock = clock;
    this.times = times;
    insertBucket = cql.prepare(INSERT_BUCKET, true);
    selectBuckets = cql.prepare(SELECT_BUCKETS, true);
    closeBucket = cql.prepare(CLOSE_BUCKET, true);
    insert = cql.prepare(INSERT, true);
    mark = cql.prepare(MARK, true);
    select = cql.prepare(SELECT, true);
  }

  /** An id for an intent begun now. */
  public UUID newId() {
    return IntentIds.at(clock.millis());
  }

  /**
   * Announces an intent; the change may be made once this is done. Returns it under the id it was
   * announced with: one that took so long that followers might have passed its bucket is given up
   * (the sweeper aborts it) and announced again under a new id.
   */
  public CompletionStage<Intent> begin(Intent intent) {
    long begun = IntentIds.millisOf(intent.id());
    return ensureBucket(IntentIds.bucketOf(intent.id()))
        .thenCompose(ok -> write(intent))
        .thenCompose(
            ok ->
                clock.millis() - begun > times.overlap().toMillis() / 5
                    ? begin(intent.withId(newId()))
                    : CompletableFuture.completedStage(intent));
  }

  private CompletionStage<?> ensureBucket(long bucket) {
    if (bucket == knownBucket) return CompletableFuture.completedStage(null);
    return cql.execute(insertBucket.bind(day(bucket), bucket))
        .thenAccept(ok -> knownBucket = bucket);
  }

  private CompletionStage<?> write(Intent intent) {
    UUID id = intent.id();
    return cql.execute(
        insert.bind(
            IntentIds.bucketOf(id),
            IntentIds.shardOf(id),
            id,
            (byte) intent.type().getNumber(),
            intent.boardId(),
            intent.ownerId(),
            intent.pinId(),
            intent.actorId(),
            ByteBuffer.wrap(intent.board().toByteArray()),
            intent.newSlug(),
            intent.oldSlug(),
            intent.oldSlugIntent().orElse(null)));
  }

  /** Notes the outcome in the background; losing the note costs others a look-up. */
  public void note(Intent intent, Outcome outcome) {
    noted(intent, outcome)
        .whenComplete(
            (ok, failure) -> {
              if (failure != null) {
                log.atWarn()
                    .addKeyValue("intent", intent.id())
                    .setCause(failure)
                    .log("outcome not noted");
              }
            });
  }

  CompletionStage<?> noted(Intent intent, Outcome outcome) {
    UUID id = intent.id();
    return cql.execute(
        mark.bind(outcome.code(), IntentIds.bucketOf(id), IntentIds.shardOf(id), id));
  }

  /** The buckets from a number on that hold intents, oldest first. */
  CompletionStage<List<Bucket>> buckets(long from) {
    int last = day(IntentIds.bucketAt(clock.millis()) + 1);
    List<CompletableFuture<List<Row>>> days = new ArrayList<>();
    for (int day = day(from); day <= last; day++) {
      days.add(cql.all(selectBuckets.bind(day, from)).toCompletableFuture());
    }
    return CompletableFuture.allOf(days.toArray(CompletableFuture[]::new))
        .thenApply(
            ok ->
                days.stream()
                    .flatMap(rows -> rows.join().stream())
                    .map(row -> new Bucket(row.getLong("bucket"), row.getBoolean("done")))
                    .toList());
  }

  /** The intents of a bucket, oldest first. */
  CompletionStage<List<Logged>> read(long bucket) {
    List<CompletableFuture<List<Row>>> shards = new ArrayList<>();
    for (short shard = 0; shard < IntentIds.SHARDS; shard++) {
      shards.add(cql.all(select.bind(bucket, shard)).toCompletableFuture());
    }
    return CompletableFuture.allOf(shards.toArray(CompletableFuture[]::new))
        .thenApply(
            ok ->
                shards.stream()
                    .flatMap(rows -> rows.join().stream())
                    .filter(row -> !row.isNull("op"))
                    .map(CassandraIntents::logged)
                    .sorted(Comparator.comparing(Logged::id, IntentIds.ORDER))
                    .toList());
  }

  /** Remembers that every intent of a bucket is settled. */
  CompletionStage<?> close(long bucket) {
    return cql.execute(closeBucket.bind(day(bucket), bucket));
  }

  private static int day(long bucket) {
    return (int) Math.floorDiv(bucket, BUCKETS_PER_DAY);
  }

  private static Logged logged(Row row) {
    return new Logged(
        new Intent(
            row.getUuid("id"),
            Change.Type.forNumber(row.getByte("op")),
            row.getLong("board_id"),
            row.getLong("owner_id"),
            row.getLong("pin_id"),
            row.getLong("actor_id"),
            board(row.getByteBuffer("board")),
            row.getString("new_slug"),
            row.getString("old_slug"),
            Optional.ofNullable(row.getUuid("old_slug_intent"))),
        Outcome.of(row.getByte("outcome")));
  }

  private static Board board(ByteBuffer bytes) {
    try {
      return Board.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an intent holds a damaged board", e);
    }
  }
}
