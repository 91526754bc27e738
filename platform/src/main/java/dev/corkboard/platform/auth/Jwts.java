// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.corkboard.platform.error.ApiException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Signs and checks JWTs. Ours are signed with ES256 alone and have an explicit type; none may have
 * the headers that let a token choose its own key.
 */
public final class Jwts {
  /** The type of access tokens (RFC 9068). */
  public static final JOSEObjectType ACCESS = new JOSEObjectType("at+jwt");

  /** The type of service tokens. */
  public static final JOSEObjectType SERVICE = new JOSEObjectType("service+jwt");

  /** The claim that names the app an access token was issued to (RFC 9068). */
  public static final String CLIENT_ID = "client_id";

  /** The claim that names the grant behind an access token; revoked with it. */
  public static final String GRANT = "grant";

  /** The claim of an access token that was issued to an app itself. */
  public static final String APP_ONLY = "app_only";

  private static final int MAX_LENGTH = 8 * 1024;

  /** How far two clocks of an installation may be apart, and no call between them fails. */
  public static final Duration SKEW = Duration.ofMinutes(6);

  private static final String SUBJECT = "sub";
  private static final Set<JWSAlgorithm> OWN_ALGORITHMS = Set.of(JWSAlgorithm.ES256);

  private static final Set<JWSAlgorithm> EXTERNAL_ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /** As providers write it; RFC 9068 allows the first two. */
  private static final Set<JOSEObjectType> EXTERNAL_TYPES =
      Set.of(ACCESS, new JOSEObjectType("application/at+jwt"), JOSEObjectType.JWT);

  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private Jwts() {}

  public static String sign(ECKey key, JOSEObjectType type, JWTClaimsSet claims) {
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256).type(type).keyID(key.getKeyID()).build(),
              claims);
      jwt.sign(new ECDSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("signing with " + key.getKeyID() + " failed", e);
    }
  }

  /** Parses a token and checks its header; the signature is not checked yet. */
  public static SignedJWT parse(String token, JOSEObjectType type) {
    SignedJWT jwt = parse(token, OWN_ALGORITHMS, Set.of(type));
    if (jwt.getHeader().getType() == null) throw refused("type");
    return jwt;
  }

  /**
   * The same for a token of an external issuer: RSA or ECDSA, typed as an access token or not at
   * all.
   */
  public static SignedJWT parseExternal(String token) {
    return parse(token, EXTERNAL_ALGORITHMS, EXTERNAL_TYPES);
  }

  private static SignedJWT parse(
      String token, Set<JWSAlgorithm> algorithms, Set<JOSEObjectType> types) {
    if (token.length() > MAX_LENGTH) throw refused("too long");
    // The decoder skips letters it does not know: one signature would have texts without end.
    if (!COMPACT.matcher(token).matches()) throw refused("form");
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWSHeader header = jwt.getHeader();
      // So would the bits of the last letter that carry nothing.
      if (!Base64URL.encode(jwt.getSignature().decode()).equals(jwt.getSignature())) {
        throw refused("signature");
      }
      if (!algorithms.contains(header.getAlgorithm())) throw refused("algorithm");
      if (header.getType() != null && !types.contains(header.getType())) throw refused("type");
      if (header.getKeyID() == null) throw refused("no key id");
      if (header.getJWK() != null
          || header.getJWKURL() != null
          || header.getX509CertURL() != null
          || header.getX509CertChain() != null
          || header.getCriticalParams() != null
          || !header.isBase64URLEncodePayload()) {
        throw refused("header");
      }
      return jwt;
    } catch (ParseException | IllegalArgumentException e) {
      throw refused("malformed");
    }
  }

  /**
   * Checks signature, issuer, audience and times.
   *
   * @param late how long after its expiry a token is still good
   */
  public static JWTClaimsSet verify(
      SignedJWT jwt, JWK key, String issuer, String audience, Instant now, Duration late) {
    try {
      if (!jwt.verify(verifier(jwt.getHeader(), key))) throw refused("signature");
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      Object subject = jwt.getPayload().toJSONObject().get(SUBJECT);
      if (subject != null && !(subject instanceof String)) throw refused("subject");
      if (!issuer.equals(claims.getIssuer())) throw refused("issuer");
      if (!claims.getAudience().contains(audience)) throw refused("audience");
      if (claims.getExpirationTime() == null
          || !claims.getExpirationTime().toInstant().plus(late).isAfter(now)) {
        throw refused("expired");
      }
      Instant latest = now.plus(SKEW);
      if (claims.getNotBeforeTime() != null
          && claims.getNotBeforeTime().toInstant().isAfter(latest)) {
        throw refused("not yet valid");
      }
      if (claims.getIssueTime() == null || claims.getIssueTime().toInstant().isAfter(latest)) {
        throw refused("issue time");
      }
      return claims;
    } catch (JOSEException | ParseException | IllegalArgumentException e) {
      throw refused("malformed");
    }
  }

  private static JWSVerifier verifier(JWSHeader header, JWK key) throws JOSEException {
    if (!(key instanceof AsymmetricJWK asymmetric)) throw refused("kind of key");
    return new DefaultJWSVerifierFactory().createJWSVerifier(header, asymmetric.toPublicKey());
  }

  static Set<String> scopes(JWTClaimsSet claims) {
    try {
      String scope = claims.getStringClaim("scope");
      if (scope == null || scope.isBlank()) return Set.of();
      return Set.copyOf(new LinkedHashSet<>(Arrays.asList(scope.trim().split(" +"))));
    } catch (ParseException e) {
      throw refused("scope");
    }
  }

  static Set<String> revocableAs(JWTClaimsSet claims) {
    return Stream.of(claims.getJWTID(), claims.getClaim(GRANT))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What exactly was wrong helps only a forger: every refusal reads the same. */
  public static ApiException refused(String why) {
    org.slf4j.LoggerFactory.getLogger(Jwts.class).debug("token refused: {}", why);
    return ApiException.unauthenticated("Authentication failed.");
  }
}
