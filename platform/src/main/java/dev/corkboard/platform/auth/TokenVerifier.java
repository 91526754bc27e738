// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.corkboard.platform.check.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Verifies access tokens and service tokens, and remembers verified ones by hash until they expire
 * (at most 20,000), so that a signature is computed once per token and process.
 */
public final class TokenVerifier {
  /** The audience of access tokens: every process of the installation. */
  public static final String AUDIENCE = "corkboard";

  private static final int MAX_REMEMBERED = 20_000;

  private final String issuer;
  private final KeySource issuerKeys;
  private final Revocations revocations;
  private final ServiceIdentity self;
  private final Clock clock;
  private final Cache<HashCode, Principal> verified =
      Caffeine.newBuilder()
          .maximumSize(MAX_REMEMBERED)
          .expireAfter(
              Expiry.<HashCode, Principal>creating(
                  (hash, principal) -> Duration.between(Instant.now(), principal.expireTime())))
          .build();

  public TokenVerifier(
      String issuer,
      KeySource issuerKeys,
      Revocations revocations,
      ServiceIdentity self,
      Clock clock) {
    this.issuer = issuer;
    this.issuerKeys = issuerKeys;
    this.revocations = revocations;
    this.self = self;
    this.clock = clock;
  }

  /**
   * Verifies an access token; fails with UNAUTHENTICATED, or UNAVAILABLE when keys or revocations
   * are not known.
   */
  public CompletionStage<Principal> verifyAccess(String token) {
    HashCode hash = hash(token);
    Principal known = remembered(hash);
    if (known != null && known.service().isEmpty()) return unlessRevoked(known);
    try {
      SignedJWT jwt = Jwts.parse(token, Jwts.ACCESS);
      return issuerKeys
          .find(jwt.getHeader().getKeyID())
          .thenCompose(key -> unlessRevoked(remember(hash, access(jwt, key))));
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private CompletionStage<Principal> unlessRevoked(Principal principal) {
    return revocations
        .includeAny(principal.revocableAs())
        .thenApply(
            revoked -> {
              if (revoked) throw Jwts.refused("revoked");
              return principal;
            });
  }

  private Principal access(SignedJWT jwt, Optional<ECKey> key) {
    if (key.isEmpty()) throw Jwts.refused("unknown key");
    JWTClaimsSet claims =
        Jwts.verify(jwt, key.get(), issuer, AUDIENCE, clock.instant(), Duration.ZERO);
    String subject = claims.getSubject();
    if (subject == null || Ids.parse(subject).isEmpty()) throw Jwts.refused("subject");
    return principal(claims, subject, Optional.empty(), Duration.ZERO);
  }

  /** Verifies a service token made for this process; fails with UNAUTHENTICATED. */
  public Principal verifyService(String token) {
    HashCode hash = hash(token);
    Principal known = remembered(hash);
    if (known != null && known.service().isPresent()) return known;
    SignedJWT jwt = Jwts.parse(token, Jwts.SERVICE);
    String service = jwt.getHeader().getKeyID();
    if (!(self.peers().getKeyByKeyId(service) instanceof ECKey key)) {
      throw Jwts.refused("unknown service");
    }
    JWTClaimsSet claims = Jwts.verify(jwt, key, service, self.name(), clock.instant(), Jwts.SKEW);
    String actor = claims.getSubject() == null ? "" : claims.getSubject();
    return remember(hash, principal(claims, actor, Optional.of(service), Jwts.SKEW));
  }

  private static Principal principal(
      JWTClaimsSet claims, String subject, Optional<String> service, Duration late) {
    return new Principal(
        subject,
        Jwts.scopes(claims),
        service,
        claims.getExpirationTime().toInstant().plus(late),
        Jwts.revocableAs(claims),
        claims.getClaim(Jwts.CLIENT_ID) instanceof String app ? app : "",
        Boolean.TRUE.equals(claims.getClaim(Jwts.APP_ONLY)));
  }

  /** Whether a token says of itself that it is a service's; decides only which error is given. */
  boolean looksLikeService(String token) {
    Principal known = remembered(hash(token));
    if (known != null) return known.service().isPresent();
    try {
      return Jwts.SERVICE.equals(SignedJWT.parse(token).getHeader().getType());
    } catch (java.text.ParseException | IllegalArgumentException e) {
      return false;
    }
  }

  private Principal remembered(HashCode hash) {
    Principal known = verified.getIfPresent(hash);
    return known != null && known.expireTime().isAfter(clock.instant()) ? known : null;
  }

  private Principal remember(HashCode hash, Principal principal) {
    verified.put(hash, principal);
    return principal;
  }

  private static HashCode hash(String token) {
    return Hashing.sha256().hashString(token, StandardCharsets.UTF_8);
  }
}
