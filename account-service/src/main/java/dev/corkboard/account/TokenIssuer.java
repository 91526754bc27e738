// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.corkboard.platform.auth.Jwts;
import dev.corkboard.platform.auth.KeySource;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.error.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Signs access tokens and knows the keys that verify them. A key is published from when it is made,
 * signs from a minute later on, and verifies until the last token it signed has expired: so a
 * rotation fails no call, whichever process knows of it when.
 */
public final class TokenIssuer implements KeySource {
  /** How long a key is published before it signs; processes look for new ones every 5 seconds. */
  static final Duration ACTIVATION = Duration.ofMinutes(1);

  /** The longest life of a token, and an hour for clocks. */
  private static final Duration RETIREMENT = Duration.ofDays(30).plusHours(1);

  private final SigningKeyStore store;
  private final String issuer;
  private final Clock clock;
  private volatile List<ECKey> keys = List.of();

  private TokenIssuer(SigningKeyStore store, String issuer, Clock clock) {
    this.store = store;
    this.issuer = issuer;
    this.clock = clock;
  }

  /** Reads the keys, making the first one on a new installation. */
  static CompletionStage<TokenIssuer> open(SigningKeyStore store, String issuer, Clock clock) {
    TokenIssuer opened = new TokenIssuer(store, issuer, clock);
    return store
        .list()
        .thenCompose(
            known ->
                known.isEmpty()
                    ? store.add(fresh(clock), 1)
                    : CompletableFuture.completedStage(null))
        .thenCompose(added -> opened.refresh())
        .thenApply(refreshed -> opened);
  }

  /** Looks for keys that other processes made. */
  CompletionStage<Void> refresh() {
    return store.list().thenAccept(known -> keys = known);
  }

  /** Makes a new key, unless another process is at it; answers its public half. */
  CompletionStage<ECKey> rotate() {
    return store
        .list()
        .thenCompose(known -> store.add(fresh(clock), known.size() + 1))
        .thenCompose(added -> refresh())
        .thenApply(refreshed -> keys.get(0).toPublicJWK());
  }

  /** The newest key that all processes know; on a new installation the only one. */
  private ECKey signer() {
    Instant known = clock.instant().minus(ACTIVATION);
    List<ECKey> all = keys;
    return all.stream()
        .filter(key -> !issueTime(key).isAfter(known))
        .findFirst()
        .orElseGet(() -> all.get(all.size() - 1));
  }

  private static Instant issueTime(ECKey key) {
    return key.getIssueTime().toInstant();
  }

  private static ECKey fresh(Clock clock) {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyID(UUID.randomUUID().toString())
          .keyUse(KeyUse.SIGNATURE)
          .issueTime(Date.from(clock.instant()))
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("this JVM cannot make P-256 keys", e);
    }
  }

  public String issue(String accountId, Collection<String> scopes, Instant expire) {
    return sign(claims(accountId, scopes, expire).build());
  }

  /** For an app, through a person's grant. */
  public String issue(
      String accountId, Collection<String> scopes, Instant expire, String appId, String grantId) {
    return sign(
        claims(accountId, scopes, expire)
            .claim(Jwts.CLIENT_ID, appId)
            .claim(Jwts.GRANT, grantId)
            .build());
  }

  /** For an app itself, which acts for its owner. */
  public String issueToApp(
      String ownerId, Collection<String> scopes, Instant expire, String appId) {
    return sign(
        claims(ownerId, scopes, expire)
            .claim(Jwts.CLIENT_ID, appId)
            .claim(Jwts.APP_ONLY, true)
            .build());
  }

  private JWTClaimsSet.Builder claims(String accountId, Collection<String> scopes, Instant expire) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience(TokenVerifier.AUDIENCE)
        .subject(accountId)
        .claim("scope", String.join(" ", new TreeSet<>(scopes)))
        .jwtID(UUID.randomUUID().toString())
        .issueTime(Date.from(clock.instant()))
        .expirationTime(Date.from(expire));
  }

  private String sign(JWTClaimsSet claims) {
    return Jwts.sign(signer(), Jwts.ACCESS, claims);
  }

  /** The id of an access token that was issued to an app and has not expired. */
  public Optional<String> tokenId(String token, String appId) {
    try {
      SignedJWT jwt = Jwts.parse(token, Jwts.ACCESS);
      Optional<ECKey> key = known(jwt.getHeader().getKeyID());
      if (key.isEmpty()) return Optional.empty();
      JWTClaimsSet claims =
          Jwts.verify(
              jwt, key.get(), issuer, TokenVerifier.AUDIENCE, clock.instant(), Duration.ZERO);
      return Optional.of(claims.getJWTID())
          .filter(id -> appId.equals(claims.getClaim(Jwts.CLIENT_ID)));
    } catch (ApiException noToken) {
      return Optional.empty();
    }
  }

  /** The public keys that verify tokens, newest first. */
  List<ECKey> publicKeys() {
    Instant retired = clock.instant().minus(ACTIVATION).minus(RETIREMENT);
    List<ECKey> all = keys;
    return IntStream.range(0, all.size())
        .filter(i -> i == 0 || issueTime(all.get(i - 1)).isAfter(retired))
        .mapToObj(i -> all.get(i).toPublicJWK())
        .toList();
  }

  @Override
  public CompletionStage<Optional<ECKey>> find(String keyId) {
    return CompletableFuture.completedStage(known(keyId));
  }

  private Optional<ECKey> known(String keyId) {
    return publicKeys().stream().filter(key -> key.getKeyID().equals(keyId)).findFirst();
  }
}
