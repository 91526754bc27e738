// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.JWKGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.corkboard.platform.config.OidcConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OpenID provider on the loopback interface, with real keys, that rotates and fails on demand.
 */
public final class TestIssuer implements AutoCloseable {
  public static final String AUDIENCE = "https://pins.example/api";

  private final HttpServer server;
  private final List<JWK> published = new CopyOnWriteArrayList<>();
  private final AtomicInteger keyReads = new AtomicInteger();
  private volatile JWK signer;
  private volatile Map<String, Object> metadata;
  private volatile boolean down;

  /** One that signs with a new key for the algorithm; RSA takes a second. */
  public TestIssuer(JWSAlgorithm algorithm) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    metadata = Map.of("issuer", url(), "jwks_uri", url() + "/keys");
    server.createContext(
        "/realm/.well-known/openid-configuration",
        http -> answer(http, JSONObjectUtils.toJSONString(metadata)));
    server.createContext(
        "/realm/keys",
        http -> {
          keyReads.incrementAndGet();
          answer(http, new JWKSet(published).toString());
        });
    server.start();
    rotate(algorithm);
  }

  private void answer(HttpExchange http, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    http.sendResponseHeaders(down ? 503 : 200, bytes.length);
    try (var body = http.getResponseBody()) {
      body.write(bytes);
    }
  }

  /** The issuer's name. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/realm";
  }

  /** Settings of a process that accepts this issuer. */
  public OidcConfig config(String... defaultScopes) {
    return new OidcConfig(url(), AUDIENCE, "preferred_username", Set.of(defaultScopes));
  }

  /** Signs with a new key from now on; the old ones stay published. */
  public void rotate(JWSAlgorithm algorithm) {
    rotate(key("key-" + published.size(), algorithm));
  }

  /** The same with a given key. */
  public void rotate(JWK key) {
    signer = key;
    published.add(key);
  }

  /** Publishes another key that signs nothing. */
  public void publish(JWK key) {
    published.add(key);
  }

  /** Withdraws all keys but the one that signs. */
  public void withdrawOld() {
    published.removeIf(key -> !key.equals(signer));
  }

  /** A key that fits an algorithm. */
  public static JWK key(String id, JWSAlgorithm algorithm) {
    JWKGenerator<?> generator =
        JWSAlgorithm.Family.EC.contains(algorithm)
            ? new ECKeyGenerator(Curve.forJWSAlgorithm(algorithm).iterator().next())
            : new RSAKeyGenerator(2_048);
    try {
      return generator.keyID(id).algorithm(algorithm).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether every answer is 503. */
  public void setDown(boolean down) {
    this.down = down;
  }

  /** What its discovery document says from now on. */
  public void describe(Map<String, Object> document) {
    metadata = document;
  }

  public JWK signer() {
    return signer;
  }

  /** All that it publishes. */
  public List<JWK> keys() {
    return published;
  }

  /** How often its keys were asked for. */
  public int keyReads() {
    return keyReads.get();
  }

  /** Tokens nobody may accept, for a P-256 key of this issuer; see {@link HostileTokens}. */
  public Map<String, String> hostileTokens(ECKey key) {
    Map<String, String> table = HostileTokens.external(key, url(), AUDIENCE);
    // Providers write these.
    List.of("no typ", "typ JWT", "scope a list").forEach(table::remove);
    return table;
  }

  /** Claims that are accepted, for five minutes more. */
  public JWTClaimsSet.Builder claims(String subject, String scope) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(url())
        .audience(List.of("account", AUDIENCE))
        .subject(subject)
        .claim("typ", "Bearer")
        .claim("azp", "a-client")
        .claim("scope", scope)
        .issueTime(Date.from(now.minusSeconds(1)))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  /** A token as Keycloak makes them. */
  public String token(JWTClaimsSet.Builder claims) {
    return token(signer, JOSEObjectType.JWT, claims);
  }

  /** A token for somebody with all scopes of ours. */
  public String token(String subject, String username) {
    return token(
        claims(subject, "openid profile " + String.join(" ", TestTokens.ALL_SCOPES))
            .claim("preferred_username", username));
  }

  /** A token that a key signs with the algorithm it says. */
  public static String token(JWK key, JOSEObjectType type, JWTClaimsSet.Builder claims) {
    try {
      JWSAlgorithm algorithm = JWSAlgorithm.parse(key.getAlgorithm().getName());
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(algorithm).type(type).keyID(key.getKeyID()).build(),
              claims.build());
      jwt.sign(new DefaultJWSSignerFactory().createJWSSigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
