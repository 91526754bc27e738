// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.CassandraPinRows.blob;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.platform.cassandra.Cql;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@link IntentStore} in Cassandra: see {@code pin.cql}. */
final class CassandraIntentStore implements IntentStore {
  /** Spreads a bucket over nodes; fixed, because it is part of the key. */
  private static final int SHARDS = 4;

  private static final String INSERT =
      "INSERT INTO intent (bucket, shard, intent_id, intent) VALUES (?, ?, ?, ?)";
  private static final String DELETE =
      "DELETE FROM intent WHERE bucket = ? AND shard = ? AND intent_id = ?";
  private static final String SELECT =
      "SELECT intent_id, intent FROM intent WHERE bucket = ? AND shard = ?";

  private final Cql cql;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement select;

  CassandraIntentStore(Cql cql) {
    this.cql = cql;
    this.insert = cql.prepare(INSERT, true);
    this.delete = cql.prepare(DELETE, true);
    this.select = cql.prepare(SELECT, true);
  }

  private static byte shardOf(UUID id) {
    return (byte) Math.floorMod(id.hashCode(), SHARDS);
  }

  @Override
  public CompletionStage<Void> put(Intent intent) {
    UUID id = UUID.fromString(intent.getId());
    return cql.execute(
            insert.bind(IntentStore.bucketOf(intent), shardOf(id), id, blob(intent.toByteString())))
        .thenApply(done -> null);
  }

  @Override
  public CompletionStage<Void> remove(Intent intent) {
    UUID id = UUID.fromString(intent.getId());
    return cql.execute(delete.bind(IntentStore.bucketOf(intent), shardOf(id), id))
        .thenApply(done -> null);
  }

  @Override
  public CompletionStage<List<Intent>> list(long bucket) {
    List<CompletableFuture<List<Row>>> shards = new ArrayList<>();
    for (byte shard = 0; shard < SHARDS; shard++) {
      shards.add(cql.all(select.bind(bucket, shard)).toCompletableFuture());
    }
    return CompletableFuture.allOf(shards.toArray(CompletableFuture[]::new))
        .thenApply(
            all ->
                shards.stream()
                    .flatMap(rows -> rows.join().stream().map(CassandraIntentStore::intent))
                    .toList());
  }

  private static Intent intent(Row row) {
    try {
      return Intent.parseFrom(row.getByteBuffer("intent"));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("damaged intent " + row.getUuid("intent_id"), e);
    }
  }
}
