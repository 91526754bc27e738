// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.nimbusds.jose.jwk.ECKey;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.error.ApiException;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Signing keys in Cassandra, one partition an issuer. */
final class CassandraSigningKeyStore implements SigningKeyStore {
  private static final String LIST = "SELECT private_jwk FROM signing_key WHERE issuer = ?";
  private static final String INSERT =
      "INSERT INTO signing_key (issuer, generation, key_id, private_jwk, create_time)"
          + " VALUES (?, ?, ?, ?, ?) IF NOT EXISTS";

  private final Cql cql;
  private final String issuer;
  private final PreparedStatement list;
  private final PreparedStatement insert;

  CassandraSigningKeyStore(Cql cql, String issuer) {
    this.cql = cql;
    this.issuer = issuer;
    list = cql.prepare(LIST, true);
    insert = cql.prepare(INSERT, false);
  }

  @Override
  public CompletionStage<List<ECKey>> list() {
    return cql.all(list.bind(issuer))
        .thenApply(rows -> rows.stream().map(CassandraSigningKeyStore::key).toList());
  }

  @Override
  public CompletionStage<Void> add(ECKey key, int generation) {
    return cql.cas(
            insert.bind(
                issuer,
                generation,
                key.getKeyID(),
                key.toJSONString(),
                key.getIssueTime().toInstant()))
        .thenAccept(cas -> {});
  }

  private static ECKey key(Row row) {
    try {
      return ECKey.parse(row.getString("private_jwk"));
    } catch (ParseException e) {
      throw ApiException.internal(e);
    }
  }
}
