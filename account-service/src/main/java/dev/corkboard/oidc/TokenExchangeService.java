// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.account.SignUp;
import dev.corkboard.account.TokenIssuer;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.oauth.v1.ExchangeTokenRequest;
import dev.corkboard.oauth.v1.ExchangeTokenResponse;
import dev.corkboard.oauth.v1.TokenExchangeServiceGrpc.TokenExchangeServiceImplBase;
import dev.corkboard.oidc.IdentityStore.Identity;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Turns tokens of the external issuer into our own. */
final class TokenExchangeService extends TokenExchangeServiceImplBase {
  /** Twice what a request may take that moves pictures; short enough to need no revocation. */
  static final Duration LIFE = Duration.ofMinutes(10);

  private final String externalIssuer;
  private final ExternalTokens tokens;
  private final IdentityStore identities;
  private final SignUp signUp;
  private final TokenIssuer issuer;
  private final IdGenerator ids;
  private final Clock clock;

  TokenExchangeService(
      String externalIssuer,
      ExternalTokens tokens,
      IdentityStore identities,
      SignUp signUp,
      TokenIssuer issuer,
      IdGenerator ids,
      Clock clock) {
    this.externalIssuer = externalIssuer;
    this.tokens = tokens;
    this.identities = identities;
    this.signUp = signUp;
    this.issuer = issuer;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void exchangeToken(
      ExchangeTokenRequest request, StreamObserver<ExchangeTokenResponse> observer) {
    Unary.reply(
        observer,
        () ->
            tokens
                .verify(request.getSubjectToken())
                .exceptionallyCompose(TokenExchangeService::wrongToken)
                .thenCompose(token -> account(token).thenApply(account -> issue(account, token))));
  }

  /** The edge's own token, by which it calls, is good. */
  private static CompletionStage<ExternalToken> wrongToken(Throwable failure) {
    ApiException refusal = ApiException.from(failure);
    return CompletableFuture.failedStage(
        refusal.reason() == ErrorReason.ERROR_REASON_UNAUTHENTICATED
            ? ApiException.invalidCredentials()
            : refusal);
  }

  private CompletionStage<String> account(ExternalToken token) {
    Identity identity = new Identity(externalIssuer, token.subject());
    return identities
        .find(identity)
        .thenCompose(
            known ->
                known
                    .map(CompletableFuture::completedStage)
                    .orElseGet(() -> identities.claim(identity, Ids.format(ids.next()))))
        .thenCompose(
            id -> signUp.account(id, token.username(), externalIssuer + " " + token.subject()));
  }

  private ExchangeTokenResponse issue(String accountId, ExternalToken token) {
    Instant longest = clock.instant().plus(LIFE);
    Instant expire = token.expireTime().isBefore(longest) ? token.expireTime() : longest;
    String issued =
        token
            .app()
            .map(app -> issuer.issueToApp(accountId, token.scopes(), expire, app))
            .orElseGet(() -> issuer.issue(accountId, token.scopes(), expire));
    return ExchangeTokenResponse.newBuilder()
        .setAccessToken(issued)
        .setExpireTime(Timestamps.fromMillis(expire.toEpochMilli()))
        .build();
  }
}
