// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.CassandraPinRows.blob;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** {@link RequestStore} in Cassandra: see {@code pin.cql}. */
final class CassandraRequestStore implements RequestStore {
  private static final String SELECT =
      "SELECT pin_id, hash FROM request WHERE owner_id = ? AND request_id = ?";
  private static final String INSERT =
      "INSERT INTO request (owner_id, request_id, pin_id, hash) VALUES (?, ?, ?, ?) IF NOT EXISTS";
  private static final String DELETE =
      "DELETE FROM request WHERE owner_id = ? AND request_id = ? IF pin_id = ?";

  private final Cql cql;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  CassandraRequestStore(Cql cql) {
    this.cql = cql;
    this.select = cql.prepare(SELECT, true);
    this.insert = cql.prepare(INSERT, false);
    this.delete = cql.prepare(DELETE, false);
  }

  @Override
  public CompletionStage<Optional<Known>> find(String ownerId, String requestId) {
    return cql.one(select.bind(Ids.number(ownerId), UUID.fromString(requestId)))
        .thenApply(row -> row.map(CassandraRequestStore::known));
  }

  @Override
  public CompletionStage<Known> fix(String ownerId, String requestId, Known request) {
    return cql.cas(
            insert.bind(
                Ids.number(ownerId),
                UUID.fromString(requestId),
                Ids.number(request.pinId()),
                blob(request.hash())))
        .thenApply(cas -> cas.applied() ? request : known(cas.rows().get(0)));
  }

  @Override
  public CompletionStage<Void> forget(String ownerId, String requestId, String pinId) {
    return cql.cas(delete.bind(Ids.number(ownerId), UUID.fromString(requestId), Ids.number(pinId)))
        .thenApply(cas -> null);
  }

  private static Known known(Row row) {
    return new Known(
        Ids.format(row.getLong("pin_id")), ByteString.copyFrom(row.getByteBuffer("hash")));
  }
}
