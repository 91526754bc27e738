// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import static java.lang.Character.SURROGATE;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.corkboard.account.Scopes;
import dev.corkboard.platform.auth.Jwts;
import dev.corkboard.platform.auth.KeyCache;
import dev.corkboard.platform.config.OidcConfig;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Verifies access tokens of the external issuer (RFC 9068). */
final class ExternalTokens {
  /** OpenID Connect Core, section 2. */
  private static final int MAX_SUBJECT = 255;

  /** What belongs to ID tokens and logout tokens. */
  private static final List<String> FOREIGN =
      List.of("nonce", "at_hash", "c_hash", "s_hash", "events");

  private final OidcConfig config;
  private final KeyCache<JWK> keys;
  private final Clock clock;

  ExternalTokens(OidcConfig config, KeyCache<JWK> keys, Clock clock) {
    this.config = config;
    this.keys = keys;
    this.clock = clock;
  }

  /** Fails with UNAUTHENTICATED, or UNAVAILABLE when the issuer's keys are not known. */
  CompletionStage<ExternalToken> verify(String token) {
    try {
      SignedJWT jwt = Jwts.parseExternal(token);
      // A stray token must not use up the one question for unknown keys.
      if (!config.issuer().equals(issuer(jwt))) throw Jwts.refused("issuer");
      return keys.find(jwt.getHeader().getKeyID()).thenApply(key -> verify(jwt, key));
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static String issuer(SignedJWT jwt) {
    try {
      return jwt.getJWTClaimsSet().getIssuer();
    } catch (ParseException e) {
      throw Jwts.refused("malformed");
    }
  }

  private ExternalToken verify(SignedJWT jwt, Optional<JWK> known) {
    JWK key =
        known
            .filter(k -> JWKMatcher.forJWSHeader(jwt.getHeader()).matches(k))
            .orElseThrow(() -> Jwts.refused("unknown key"));
    JWTClaimsSet claims =
        Jwts.verify(jwt, key, config.issuer(), config.audience(), clock.instant(), Duration.ZERO);
    if (!isAccessToken(jwt, claims)) throw Jwts.refused("no access token");
    String subject = claims.getSubject();
    if (!isSubject(subject)) throw Jwts.refused("subject");
    return new ExternalToken(
        subject,
        claims.getClaim(config.usernameClaim()) instanceof String name ? name : "",
        scopes(claims),
        claims.getExpirationTime().toInstant(),
        // What RFC 9068, section 2.2, asks for where no person is involved.
        client(claims).filter(subject::equals));
  }

  private static boolean isSubject(String subject) {
    return subject != null
        && !subject.isBlank()
        && subject.length() <= MAX_SUBJECT
        && subject
            .codePoints()
            .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == SURROGATE);
  }

  /** As far as it can be told: providers type all their tokens {@code JWT}. */
  private static boolean isAccessToken(SignedJWT jwt, JWTClaimsSet claims) {
    JOSEObjectType type = jwt.getHeader().getType();
    Object kind = claims.getClaim("typ");
    boolean says = "Bearer".equals(kind) || (type != null && !type.equals(JOSEObjectType.JWT));
    return says || (kind == null && FOREIGN.stream().allMatch(c -> claims.getClaim(c) == null));
  }

  private static Optional<String> client(JWTClaimsSet claims) {
    return Stream.of(claims.getClaim(Jwts.CLIENT_ID), claims.getClaim("azp"))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst();
  }

  private Set<String> scopes(JWTClaimsSet claims) {
    Collection<?> named = named(claims.getClaim("scope"));
    Set<String> ours =
        Scopes.KNOWN.stream().filter(named::contains).collect(Collectors.toUnmodifiableSet());
    return ours.isEmpty() ? config.defaultScopes() : ours;
  }

  private static Collection<?> named(Object scope) {
    if (scope == null) return List.of();
    if (scope instanceof String text) return Arrays.asList(text.split(" "));
    if (scope instanceof Collection<?> list) return list;
    throw Jwts.refused("scope");
  }
}
