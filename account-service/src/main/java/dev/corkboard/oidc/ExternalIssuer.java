// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import com.nimbusds.jose.jwk.JWK;
import dev.corkboard.account.SignUp;
import dev.corkboard.account.TokenIssuer;
import dev.corkboard.oauth.v1.ExchangeTokenRequest;
import dev.corkboard.oauth.v1.ExchangeTokenResponse;
import dev.corkboard.oauth.v1.TokenExchangeServiceGrpc.TokenExchangeServiceImplBase;
import dev.corkboard.platform.auth.KeyCache;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.config.OidcConfig;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.schedule.Periodic;
import dev.corkboard.platform.server.Startup;
import dev.corkboard.platform.server.Unary;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;

/** The exchange of an external issuer's tokens, wired to Cassandra and to the issuer. */
public final class ExternalIssuer {
  /** How long a key that the issuer withdrew still counts. */
  static final Duration KEYS_AGE = Duration.ofMinutes(5);

  static final Duration UNKNOWN_KEYS_INTERVAL = Duration.ofSeconds(30);

  private static final Duration KEYS_PERIOD = Duration.ofSeconds(15);
  private static final Duration KEYS_LIMIT = Duration.ofMinutes(1);

  private ExternalIssuer() {}

  /**
   * The exchange; the issuer need not be there yet.
   *
   * @param process takes what is to be closed
   */
  public static BindableService exchange(
      OidcConfig config,
      Cql cql,
      SignUp signUp,
      TokenIssuer issuer,
      IdGenerator ids,
      Clock clock,
      Startup process) {
    KeyCache<JWK> keys = keys(process.add(new Discovery(config.issuer())), clock);
    keys.refresh(KEYS_AGE);
    process.add(
        Periodic.start("issuer-keys", KEYS_PERIOD, KEYS_LIMIT, () -> keys.refresh(KEYS_AGE)));
    return new TokenExchangeService(
        config.issuer(),
        new ExternalTokens(config, keys, clock),
        new CassandraIdentityStore(cql),
        signUp,
        issuer,
        ids,
        clock);
  }

  static KeyCache<JWK> keys(Discovery discovery, Clock clock) {
    return new KeyCache<>(discovery::keys, UNKNOWN_KEYS_INTERVAL, UNKNOWN_KEYS_INTERVAL, clock);
  }

  /** What answers where no external issuer is configured. */
  public static BindableService none() {
    return new TokenExchangeServiceImplBase() {
      @Override
      public void exchangeToken(
          ExchangeTokenRequest request, StreamObserver<ExchangeTokenResponse> observer) {
        Unary.reply(
            observer,
            () -> {
              throw ApiException.unavailable("account-service has no external issuer.", null);
            });
      }
    };
  }
}
