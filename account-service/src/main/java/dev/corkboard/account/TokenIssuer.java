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

/** Signs access tokens with the newest key, and knows all keys that verify them. */
public final class TokenIssuer implements KeySource {
  private final String issuer;
  private final ECKey signer;
  private final List<ECKey> publicKeys;
  private final Clock clock;

  private TokenIssuer(String issuer, List<ECKey> keys, Clock clock) {
    this.issuer = issuer;
    this.signer = keys.get(0);
    this.publicKeys = keys.stream().map(ECKey::toPublicJWK).toList();
    this.clock = clock;
  }

  /** Reads the keys, making the first one on a new installation. */
  static CompletionStage<TokenIssuer> open(SigningKeyStore store, String issuer, Clock clock) {
    return store
        .list()
        .thenCompose(
            known ->
                known.isEmpty()
                    ? store.addFirst(fresh(clock)).thenCompose(added -> store.list())
                    : CompletableFuture.completedStage(known))
        .thenApply(keys -> new TokenIssuer(issuer, keys, clock));
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

  String issue(String accountId, Collection<String> scopes, Instant expire) {
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
    return Jwts.sign(signer, Jwts.ACCESS, claims);
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

  /** The public keys, newest first. */
  List<ECKey> publicKeys() {
    return publicKeys;
  }

  @Override
  public CompletionStage<Optional<ECKey>> find(String keyId) {
    return CompletableFuture.completedStage(known(keyId));
  }

  private Optional<ECKey> known(String keyId) {
    return publicKeys.stream().filter(key -> key.getKeyID().equals(keyId)).findFirst();
  }
}
