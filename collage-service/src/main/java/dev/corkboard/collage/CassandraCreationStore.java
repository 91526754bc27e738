// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import dev.corkboard.platform.cassandra.Cql;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** {@link CreationStore} in Cassandra: see {@code index.cql}. */
final class CassandraCreationStore implements CreationStore {
  private static final String SELECT =
      "SELECT collage_id, digest FROM collage_creation WHERE owner_id = ? AND request_id = ?";
  private static final String INSERT =
      "INSERT INTO collage_creation (owner_id, request_id, collage_id, digest)"
          + " VALUES (?, ?, ?, ?) IF NOT EXISTS USING TTL "
          + RequestKey.SECONDS;

  private final Cql cql;
  private final PreparedStatement select;
  private final PreparedStatement insert;

  CassandraCreationStore(Cql cql) {
    this.cql = cql;
    select = cql.prepare(SELECT, true);
    insert = cql.prepare(INSERT, false);
  }

  @Override
  public CompletionStage<Optional<Known>> find(long ownerId, UUID requestId) {
    return cql.one(select.bind(ownerId, requestId))
        .thenApply(row -> row.map(CassandraCreationStore::known));
  }

  @Override
  public CompletionStage<Known> fix(long ownerId, UUID requestId, Known known) {
    return cql.cas(
            insert.bind(
                ownerId, requestId, known.collageId(), known.digest().asReadOnlyByteBuffer()))
        .thenApply(cas -> cas.applied() ? known : known(cas.rows().get(0)));
  }

  private static Known known(Row row) {
    return new Known(row.getLong("collage_id"), ByteString.copyFrom(row.getByteBuffer("digest")));
  }
}
