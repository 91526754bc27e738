// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.backend;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.edge.http.Authentication;
import dev.corkboard.oauth.v1.ExchangeTokenRequest;
import dev.corkboard.oauth.v1.ExchangeTokenResponse;
import dev.corkboard.oauth.v1.TokenExchangeServiceGrpc;
import dev.corkboard.oauth.v1.TokenExchangeServiceGrpc.TokenExchangeServiceFutureStub;
import dev.corkboard.platform.auth.Jwts;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.trace.Trails;
import io.grpc.Channel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Authenticates by tokens of the external issuer, which account-service exchanges for our own. An
 * exchange is made once for all who wait for it, and remembered by the token's hash (at most
 * 20,000) for half of what its answer lives: a request that moves pictures needs the other half.
 */
public final class TokenExchange implements Authentication {
  private static final int DEADLINE_SECONDS = 8;
  private static final int MAX_REMEMBERED = 20_000;

  private final TokenExchangeServiceFutureStub stub;
  private final TokenVerifier verifier;
  private final AsyncCache<HashCode, ExchangeTokenResponse> exchanged =
      Caffeine.newBuilder()
          .maximumSize(MAX_REMEMBERED)
          .expireAfter(
              Expiry.<HashCode, ExchangeTokenResponse>creating((hash, exchange) -> half(exchange)))
          .executor(Runnable::run)
          .buildAsync();

  public TokenExchange(Channel account, ServiceTokens tokens, TokenVerifier verifier) {
    this.stub =
        TokenExchangeServiceGrpc.newFutureStub(account)
            .withCallCredentials(tokens.credentials("account"));
    this.verifier = verifier;
  }

  private static Duration half(ExchangeTokenResponse exchange) {
    Instant expire = Instant.ofEpochMilli(Timestamps.toMillis(exchange.getExpireTime()));
    Duration life = Duration.between(Instant.now(), expire);
    return life.isNegative() ? Duration.ZERO : life.dividedBy(2);
  }

  @Override
  public CompletionStage<Authenticated> authenticate(String bearer) {
    // What cannot be a token costs no call.
    Jwts.parseExternal(bearer);
    HashCode hash = Hashing.sha256().hashString(bearer, StandardCharsets.UTF_8);
    return Trails.follow(exchanged.get(hash, (key, executor) -> exchange(bearer)))
        .thenCompose(
            exchange ->
                verifier
                    .verifyAccess(exchange.getAccessToken())
                    .thenApply(known -> new Authenticated(known, exchange.getAccessToken())));
  }

  private CompletableFuture<ExchangeTokenResponse> exchange(String bearer) {
    return Futures.toStage(
            stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .exchangeToken(ExchangeTokenRequest.newBuilder().setSubjectToken(bearer).build()))
        .toCompletableFuture();
  }
}
