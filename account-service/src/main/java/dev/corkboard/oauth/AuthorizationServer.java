// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import dev.corkboard.account.AccountStore;
import dev.corkboard.account.TokenIssuer;
import dev.corkboard.oauth.v1.ListRevocationsRequest;
import dev.corkboard.oauth.v1.ListRevocationsResponse;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.id.IdGenerator;
import io.grpc.BindableService;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.CompletionStage;

/** The authorization server, wired to Cassandra. */
public final class AuthorizationServer implements AutoCloseable {
  private final Passwords passwords;
  private final OAuthService service;
  private final RevocationLog log;

  /**
   * @param refreshOnce whether a refresh token may be used once only; a second use revokes its
   *     grant
   */
  public AuthorizationServer(
      Cql cql,
      AccountStore accounts,
      TokenIssuer issuer,
      boolean refreshOnce,
      IdGenerator ids,
      Clock clock,
      MeterRegistry metrics) {
    passwords = new Passwords(metrics);
    RevocationStore revocations = new CassandraRevocationStore(cql, clock);
    log = new RevocationLog(revocations, clock);
    service =
        new OAuthService(
            accounts,
            new CassandraAppStore(cql),
            new SignIn(accounts, new CassandraSignInStore(cql), passwords),
            new TokenGrants(new CassandraGrantStore(cql), revocations, issuer, refreshOnce, clock),
            log,
            ids,
            clock);
  }

  public BindableService service() {
    return service;
  }

  /** Revocations as this process reads them itself. */
  public CompletionStage<ListRevocationsResponse> revocations(ListRevocationsRequest request) {
    return log.list(request);
  }

  @Override
  public void close() {
    passwords.close();
  }
}
