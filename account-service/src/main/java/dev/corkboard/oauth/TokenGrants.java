// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.account.TokenIssuer;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.oauth.GrantStore.Code;
import dev.corkboard.oauth.GrantStore.Grant;
import dev.corkboard.oauth.GrantStore.RefreshToken;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.oauth.v1.ClientGrant;
import dev.corkboard.oauth.v1.CodeGrant;
import dev.corkboard.oauth.v1.IssueTokenResponse;
import dev.corkboard.oauth.v1.RefreshGrant;
import dev.corkboard.oauth.v1.Revocation;
import dev.corkboard.platform.error.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Turns grants into tokens and back into nothing. A code is redeemed once; whoever redeems it again
 * revokes all that came of it. A refresh token stays good until it expires, because clients go on
 * with the first one they got, unless reuse is taken for theft.
 */
final class TokenGrants {
  static final Duration CODE_LIFE = Duration.ofMinutes(10);
  static final Duration ACCESS_LIFE = Duration.ofDays(30);
  static final Duration REFRESH_LIFE = Duration.ofDays(60);

  private final GrantStore grants;
  private final RevocationStore revocations;
  private final TokenIssuer issuer;
  private final boolean refreshOnce;
  private final Clock clock;

  /**
   * @param refreshOnce whether a refresh token may be used once only; a second use revokes its
   *     grant
   */
  TokenGrants(
      GrantStore grants,
      RevocationStore revocations,
      TokenIssuer issuer,
      boolean refreshOnce,
      Clock clock) {
    this.grants = grants;
    this.revocations = revocations;
    this.issuer = issuer;
    this.refreshOnce = refreshOnce;
    this.clock = clock;
  }

  /** Records what a person allows, and answers with the code that stands for it. */
  CompletionStage<String> authorize(
      String appId, String accountId, Set<String> scopes, String redirectUri, String challenge) {
    Grant grant = new Grant(UUID.randomUUID().toString(), appId, accountId, scopes, false);
    String code = Secrets.fresh("");
    Instant expire = clock.instant().plus(CODE_LIFE);
    return grants
        .create(grant)
        .thenCompose(
            created ->
                grants.addCode(
                    new Code(Secrets.hash(code), grant.id(), redirectUri, challenge, expire)))
        .thenApply(added -> code);
  }

  CompletionStage<IssueTokenResponse> redeem(App app, CodeGrant request) {
    ByteString hash = Secrets.hash(request.getCode());
    return grants
        .code(hash)
        .thenCompose(
            found -> {
              Code code = found.orElseThrow(() -> invalid("code.code"));
              return grant(code.grantId(), app, "code.code")
                  .thenCompose(
                      grant -> {
                        require(code, request);
                        return grants.redeem(hash).thenCompose(first -> once(first, grant));
                      });
            });
  }

  private void require(Code code, CodeGrant request) {
    if (!code.expireTime().isAfter(clock.instant())) throw invalid("code.code");
    if (!code.redirectUri().equals(request.getRedirectUri())) throw invalid("code.redirect_uri");
    String verifier = request.getCodeVerifier();
    boolean proven =
        code.challenge().isEmpty()
            ? verifier.isEmpty()
            : code.challenge().equals(Secrets.challenge(verifier));
    if (!proven) throw invalid("code.code_verifier");
  }

  private CompletionStage<IssueTokenResponse> once(boolean first, Grant grant) {
    if (first) return tokens(grant, grant.scopes());
    return revoke(grant)
        .thenCompose(revoked -> CompletableFuture.failedStage(invalid("code.code")));
  }

  CompletionStage<IssueTokenResponse> refresh(App app, RefreshGrant request) {
    ByteString hash = Secrets.hash(request.getRefreshToken());
    return grants
        .refreshToken(hash)
        .thenCompose(
            found -> {
              RefreshToken token =
                  found
                      .filter(known -> known.expireTime().isAfter(clock.instant()))
                      .orElseThrow(() -> invalid("refresh.refresh_token"));
              return grant(token.grantId(), app, "refresh.refresh_token")
                  .thenCompose(grant -> refresh(grant, hash, scopes(grant, request)));
            });
  }

  private static Set<String> scopes(Grant grant, RefreshGrant request) {
    if (request.getScopesCount() == 0) return grant.scopes();
    Set<String> asked = new HashSet<>(request.getScopesList());
    if (!grant.scopes().containsAll(asked)) {
      throw ApiException.invalid("refresh.scopes", "refresh.scopes: more than was granted");
    }
    return asked;
  }

  private CompletionStage<IssueTokenResponse> refresh(
      Grant grant, ByteString hash, Set<String> scopes) {
    if (!refreshOnce) return tokens(grant, scopes);
    return grants
        .use(hash)
        .thenCompose(
            first ->
                first
                    ? tokens(grant, scopes)
                    : revoke(grant)
                        .thenCompose(
                            revoked ->
                                CompletableFuture.failedStage(invalid("refresh.refresh_token"))));
  }

  /** A grant that stands and is the app's. */
  private CompletionStage<Grant> grant(String grantId, App app, String field) {
    return grants
        .grant(grantId)
        .thenApply(
            found ->
                found
                    .filter(grant -> !grant.revoked() && grant.appId().equals(app.getId()))
                    .orElseThrow(() -> invalid(field)));
  }

  private CompletionStage<IssueTokenResponse> tokens(Grant grant, Collection<String> scopes) {
    Instant now = clock.instant();
    String refreshToken = Secrets.fresh("pinr_");
    Instant refreshExpire = now.plus(REFRESH_LIFE);
    return grants
        .addRefreshToken(new RefreshToken(Secrets.hash(refreshToken), grant.id(), refreshExpire))
        .thenApply(
            added ->
                response(
                        issuer.issue(
                            grant.accountId(),
                            scopes,
                            now.plus(ACCESS_LIFE),
                            grant.appId(),
                            grant.id()),
                        now,
                        scopes)
                    .setRefreshToken(refreshToken)
                    .setRefreshExpireTime(Timestamps.fromMillis(refreshExpire.toEpochMilli()))
                    .build());
  }

  private static IssueTokenResponse.Builder response(
      String accessToken, Instant now, Collection<String> scopes) {
    return IssueTokenResponse.newBuilder()
        .setAccessToken(accessToken)
        .setExpireTime(Timestamps.fromMillis(now.plus(ACCESS_LIFE).toEpochMilli()))
        .addAllScopes(new TreeSet<>(scopes));
  }

  IssueTokenResponse issueToApp(App app, ClientGrant request) {
    if (app.getOwnerId().isEmpty()) {
      throw ApiException.permissionDenied("The app has no owner to act for.");
    }
    Instant now = clock.instant();
    Set<String> scopes = new TreeSet<>(request.getScopesList());
    String token = issuer.issueToApp(app.getOwnerId(), scopes, now.plus(ACCESS_LIFE), app.getId());
    return response(token, now, scopes).build();
  }

  /** Revokes what is a token of the app, and leaves anything else alone. */
  CompletionStage<Void> revoke(App app, String token) {
    return grants
        .refreshToken(Secrets.hash(token))
        .thenCompose(
            refresh ->
                refresh.isPresent()
                    ? grants
                        .grant(refresh.get().grantId())
                        .thenCompose(
                            grant ->
                                grant
                                    .filter(g -> g.appId().equals(app.getId()))
                                    .map(this::revoke)
                                    .orElseGet(() -> CompletableFuture.completedStage(null)))
                    : revokeAccessToken(app, token));
  }

  private CompletionStage<Void> revokeAccessToken(App app, String token) {
    return issuer
        .tokenId(token, app.getId())
        .map(this::addRevocation)
        .orElseGet(() -> CompletableFuture.completedStage(null));
  }

  private CompletionStage<Void> revoke(Grant grant) {
    return grants.revoke(grant.id()).thenCompose(revoked -> addRevocation(grant.id()));
  }

  private CompletionStage<Void> addRevocation(String id) {
    return revocations.add(
        Revocation.newBuilder()
            .setId(id)
            .setRevokeTime(Timestamps.fromMillis(clock.millis()))
            .build());
  }

  private static ApiException invalid(String field) {
    return ApiException.invalid(
        ErrorReason.ERROR_REASON_GRANT_INVALID,
        field,
        field + ": unknown, used, expired, revoked, or not made for this request");
  }
}
