// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Identities in Cassandra. */
final class CassandraIdentityStore implements IdentityStore {
  private static final String SELECT =
      "SELECT account_id FROM external_identity WHERE issuer = ? AND subject = ?";
  private static final String INSERT =
      "INSERT INTO external_identity (issuer, subject, account_id) VALUES (?, ?, ?) IF NOT EXISTS";

  private final Cql cql;
  private final PreparedStatement select;
  private final PreparedStatement insert;

  CassandraIdentityStore(Cql cql) {
    this.cql = cql;
    select = cql.prepare(SELECT, true);
    insert = cql.prepare(INSERT, false);
  }

  @Override
  public CompletionStage<Optional<String>> find(Identity identity) {
    return cql.one(select.bind(identity.issuer(), identity.subject()))
        .thenApply(found -> found.map(CassandraIdentityStore::account));
  }

  @Override
  public CompletionStage<String> claim(Identity identity, String accountId) {
    return cql.cas(insert.bind(identity.issuer(), identity.subject(), Long.parseLong(accountId)))
        .thenApply(cas -> cas.applied() ? accountId : account(cas.rows().get(0)));
  }

  private static String account(Row row) {
    return Ids.format(row.getLong("account_id"));
  }
}
