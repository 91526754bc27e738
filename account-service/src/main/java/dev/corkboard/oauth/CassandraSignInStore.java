// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.google.protobuf.ByteString;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.check.Ids;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Passwords and sessions in Cassandra. */
final class CassandraSignInStore implements SignInStore {
  private static final String SET_PASSWORD =
      "UPDATE password SET hash = ? WHERE account_id = ? IF hash != ?";
  private static final String SELECT_PASSWORD = "SELECT hash FROM password WHERE account_id = ?";
  private static final String INSERT_SESSION =
      "INSERT INTO session (token_hash, account_id) VALUES (?, ?) IF NOT EXISTS";
  private static final String SELECT_SESSION =
      "SELECT account_id FROM session WHERE token_hash = ?";
  private static final String DELETE_SESSION = "DELETE FROM session WHERE token_hash = ? IF EXISTS";

  private final Cql cql;
  private final PreparedStatement setPassword;
  private final PreparedStatement selectPassword;
  private final PreparedStatement insertSession;
  private final PreparedStatement selectSession;
  private final PreparedStatement deleteSession;

  CassandraSignInStore(Cql cql) {
    this.cql = cql;
    setPassword = cql.prepare(SET_PASSWORD, false);
    selectPassword = cql.prepare(SELECT_PASSWORD, true);
    insertSession = cql.prepare(INSERT_SESSION, false);
    selectSession = cql.prepare(SELECT_SESSION, true);
    deleteSession = cql.prepare(DELETE_SESSION, false);
  }

  @Override
  public CompletionStage<Void> setPassword(String accountId, String passwordHash) {
    return cql.cas(setPassword.bind(passwordHash, Long.parseLong(accountId), passwordHash))
        .thenAccept(cas -> {});
  }

  @Override
  public CompletionStage<Optional<String>> passwordHash(String accountId) {
    return cql.one(selectPassword.bind(Long.parseLong(accountId)))
        .thenApply(found -> found.map(row -> row.getString("hash")));
  }

  @Override
  public CompletionStage<Void> addSession(ByteString tokenHash, String accountId) {
    return cql.cas(insertSession.bind(tokenHash.asReadOnlyByteBuffer(), Long.parseLong(accountId)))
        .thenAccept(cas -> {});
  }

  @Override
  public CompletionStage<Optional<String>> session(ByteString tokenHash) {
    return cql.one(selectSession.bind(tokenHash.asReadOnlyByteBuffer()))
        .thenApply(found -> found.map(row -> Ids.format(row.getLong("account_id"))));
  }

  @Override
  public CompletionStage<Void> removeSession(ByteString tokenHash) {
    return cql.cas(deleteSession.bind(tokenHash.asReadOnlyByteBuffer())).thenAccept(cas -> {});
  }
}
