// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.corkboard.platform.auth.Jwts;
import dev.corkboard.platform.auth.KeySource;
import dev.corkboard.platform.auth.Revocations;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.client.Bearer;
import dev.corkboard.platform.client.ServiceTokens;
import io.grpc.CallCredentials;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** An issuer and a set of services for tests, with real keys and real signatures. */
public final class TestTokens {
  public static final String ISSUER = "test-issuer";

  /** Every scope of the contract's curation half. */
  public static final Set<String> ALL_SCOPES =
      Set.of(
          "boards:read",
          "boards:write",
          "boards:read_secret",
          "boards:write_secret",
          "collages:read",
          "collages:write",
          "pins:read",
          "pins:write",
          "pins:read_secret",
          "pins:write_secret",
          "user_accounts:read",
          "user_accounts:write");

  private static final List<String> SERVICES =
      List.of("account", "board", "pin", "collage", "edge", "operator", "stranger");

  private final ECKey issuerKey = key("issuer-1");
  private final Map<String, ServiceIdentity> services = new HashMap<>();

  public TestTokens() {
    Map<String, ECKey> keys = new HashMap<>();
    SERVICES.forEach(name -> keys.put(name, key(name)));
    List<JWK> all = new ArrayList<>();
    keys.values().forEach(key -> all.add(key.toPublicJWK()));
    JWKSet peers = new JWKSet(all);
    keys.forEach((name, key) -> services.put(name, new ServiceIdentity(name, key, peers)));
  }

  private static ECKey key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public ServiceIdentity identity(String service) {
    return services.get(service);
  }

  public ECKey issuerKey() {
    return issuerKey;
  }

  public KeySource keys() {
    return id ->
        CompletableFuture.completedStage(
            Optional.of(issuerKey.toPublicJWK()).filter(key -> key.getKeyID().equals(id)));
  }

  public TokenVerifier verifier(String service) {
    return new TokenVerifier(
        ISSUER, keys(), Revocations.NONE, identity(service), Clock.systemUTC());
  }

  /** An access token with all scopes. */
  public CallCredentials user(String accountId) {
    return user(accountId, ALL_SCOPES);
  }

  public CallCredentials user(String accountId, Set<String> scopes) {
    return bearer(access(accountId, scopes, Instant.now().plusSeconds(3600)));
  }

  public CallCredentials bearer(String token) {
    return new Bearer(token, UUID.randomUUID().toString());
  }

  public String access(String accountId, Set<String> scopes, Instant expire) {
    return access(issuerKey, accountId, scopes, expire);
  }

  /** An access token with all scopes that an app got for itself, acting for its owner. */
  public String appOnly(String ownerId) {
    return appOnly(ownerId, "1");
  }

  public String appOnly(String ownerId, String appId) {
    return Jwts.sign(
        issuerKey, Jwts.ACCESS, ofApp(ownerId, appId).claim(Jwts.APP_ONLY, true).build());
  }

  /** An access token with all scopes that a person gave an app. */
  public String throughApp(String accountId, String appId) {
    return Jwts.sign(issuerKey, Jwts.ACCESS, ofApp(accountId, appId).build());
  }

  private static JWTClaimsSet.Builder ofApp(String accountId, String appId) {
    return claims(accountId, ALL_SCOPES, Instant.now().plusSeconds(3600))
        .claim(Jwts.CLIENT_ID, appId);
  }

  /** A token of the right form, signed by a key that is not the issuer's but claims its id. */
  public String forged(String accountId) {
    return access(
        key(issuerKey.getKeyID()), accountId, ALL_SCOPES, Instant.now().plusSeconds(3600));
  }

  /** An access token that may be revoked under either of two ids. */
  public String access(String accountId, String tokenId, String grantId) {
    return Jwts.sign(
        issuerKey,
        Jwts.ACCESS,
        claims(accountId, ALL_SCOPES, Instant.now().plusSeconds(3600))
            .jwtID(tokenId)
            .claim(Jwts.GRANT, grantId)
            .build());
  }

  private static String access(ECKey key, String accountId, Set<String> scopes, Instant expire) {
    return Jwts.sign(key, Jwts.ACCESS, claims(accountId, scopes, expire).build());
  }

  private static JWTClaimsSet.Builder claims(String accountId, Set<String> scopes, Instant expire) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(TokenVerifier.AUDIENCE)
        .subject(accountId)
        .claim("scope", String.join(" ", scopes))
        .jwtID(UUID.randomUUID().toString())
        .issueTime(Date.from(Instant.now().minusSeconds(1)))
        .expirationTime(Date.from(expire));
  }

  /** A service token with all scopes of its actor. */
  public CallCredentials service(String from, String audience, String actorId) {
    return service(from, audience, actorId, ALL_SCOPES);
  }

  public CallCredentials service(String from, String audience, String actorId, Set<String> scopes) {
    return new ServiceTokens(identity(from), Clock.systemUTC())
        .credentials(audience, actorId, scopes, UUID.randomUUID().toString());
  }
}
