// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.auth.Jwts;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.TestIssuer;
import dev.corkboard.platform.testing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** API2: no forged, broken or foreign token is accepted, and all are refused in the same words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedTokensTest {
  private static final Logger log = LoggerFactory.getLogger(ForgedTokensTest.class);

  private final TestIssuer issuer = new TestIssuer(JWSAlgorithm.RS256);
  private final JWK rsa = issuer.signer();
  private final JWK ec = added(JWSAlgorithm.ES256);
  private final Discovery discovery = new Discovery(issuer.url());
  private final ExternalTokens tokens =
      new ExternalTokens(
          issuer.config(), ExternalIssuer.keys(discovery, Clock.systemUTC()), Clock.systemUTC());

  private JWK added(JWSAlgorithm algorithm) {
    issuer.rotate(algorithm);
    return issuer.signer();
  }

  @AfterAll
  void close() {
    discovery.close();
    issuer.close();
  }

  static void assertRefused(CompletionStage<?> verification) {
    assertThatThrownBy(() -> verification.toCompletableFuture().join())
        .satisfies(
            e -> {
              ApiException refusal = ApiException.from(e);
              assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_UNAUTHENTICATED);
              assertThat(refusal).hasMessage("Authentication failed.");
            });
  }

  @Test
  void whatTheTablesVaryIsGood() {
    for (JWK key : List.of(rsa, ec)) {
      String good = TestIssuer.token(key, JOSEObjectType.JWT, claims());
      assertThat(tokens.verify(good).toCompletableFuture().join().subject()).isEqualTo("somebody");
    }
  }

  @TestFactory
  Stream<DynamicTest> noTokenOfTheTablesIsAccepted() {
    Map<String, String> table = issuer.hostileTokens(ec.toECKey());
    table.put("5 MB", "a".repeat(5_000_000));
    keys(table);
    kinds(table);
    subjects(table);
    assertThat(table).hasSizeGreaterThan(150);
    log.info("external tokens {}, each must be refused", table.size());
    return table.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(), () -> assertRefused(tokens.verify(row.getValue()))));
  }

  private JWTClaimsSet.Builder claims() {
    return issuer.claims("somebody", "pins:read");
  }

  private String signed(JWK key) {
    return TestIssuer.token(key, JOSEObjectType.JWT, claims());
  }

  private void keys(Map<String, String> table) {
    String id = rsa.getKeyID();
    table.put("RSA key of a stranger", signed(TestIssuer.key(id, JWSAlgorithm.RS256)));
    table.put(
        "P-256 key of a stranger under an RSA id", signed(TestIssuer.key(id, JWSAlgorithm.ES256)));
    table.put("PS256 by a key for RS256", signed(as(JWSAlgorithm.PS256)));
    table.put("RS512 by a key for RS256", signed(as(JWSAlgorithm.RS512)));
    byte[] der = publicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    table.put(
        "HS256 keyed with the RSA key in PEM", hmac(id, pem.getBytes(StandardCharsets.US_ASCII)));
    table.put("HS256 keyed with the RSA key in DER", hmac(id, der));
    table.put("HS256 keyed with the modulus", hmac(id, publicKey().getModulus().toByteArray()));
    OctetSequenceKey secret = secret();
    issuer.publish(secret);
    table.put("HS256 with a published secret", hmac("shared", secret.toByteArray()));
    JWK forEncryption = TestIssuer.key("enc", JWSAlgorithm.RS256);
    issuer.publish(new RSAKey.Builder(forEncryption.toRSAKey()).keyUse(KeyUse.ENCRYPTION).build());
    table.put("a key for encryption", signed(forEncryption));
    table.put("an RSA key of 1,024 bits", weak());
    table.put("our own token", own());
  }

  private RSAPublicKey publicKey() {
    try {
      return rsa.toRSAKey().toRSAPublicKey();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private JWK as(JWSAlgorithm algorithm) {
    return new RSAKey.Builder(rsa.toRSAKey()).algorithm(algorithm).build();
  }

  private static OctetSequenceKey secret() {
    try {
      return new OctetSequenceKeyGenerator(256).keyID("shared").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String hmac(String keyId, byte[] secret) {
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(keyId).build(), claims().build());
      jwt.sign(new MACSigner(secret));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The library does not sign with such a key, so the signature is made by hand. */
  private String weak() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(1_024);
      KeyPair pair = generator.generateKeyPair();
      issuer.publish(new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyID("weak").build());
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("weak").build(), claims().build());
      java.security.Signature signature = java.security.Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(jwt.getSigningInput());
      return new String(jwt.getSigningInput(), StandardCharsets.US_ASCII)
          + "."
          + com.nimbusds.jose.util.Base64URL.encode(signature.sign());
    } catch (NoSuchAlgorithmException
        | java.security.InvalidKeyException
        | java.security.SignatureException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String own() {
    return new TestTokens().access("7", TestTokens.ALL_SCOPES, Instant.now().plusSeconds(600));
  }

  private void kinds(Map<String, String> table) {
    Map<String, JWTClaimsSet.Builder> claims = new LinkedHashMap<>();
    for (String kind : List.of("ID", "Refresh", "Offline", "Logout", "DPoP", "bearer", "")) {
      claims.put("a token that calls itself '" + kind + "'", claims().claim("typ", kind));
    }
    for (String foreign : List.of("nonce", "at_hash", "c_hash", "s_hash")) {
      claims.put("an ID token with " + foreign, claims().claim("typ", null).claim(foreign, "x"));
    }
    claims.put(
        "a logout token", claims().claim("typ", null).claim("events", Map.of("x", Map.of())));
    claims.put("of our own issuer's name", claims().issuer("corkboard"));
    claims.put("the issuer with a slash", claims().issuer(issuer.url() + "/"));
    claims.put("for our services", claims().audience(TokenVerifier.AUDIENCE));
    claims.put("for the client", claims().audience("a-client"));
    claims.put("begins later", claims().notBeforeTime(Date.from(Instant.now().plusSeconds(3_600))));
    claims.forEach((what, c) -> table.put(what, TestIssuer.token(rsa, JOSEObjectType.JWT, c)));
    for (String type : List.of("logout+jwt", "dpop+jwt", "service+jwt", "id+jwt", "secevent+jwt")) {
      table.put("typed " + type, TestIssuer.token(rsa, new JOSEObjectType(type), claims()));
    }
    table.put("typed as ours for services", TestIssuer.token(rsa, Jwts.SERVICE, claims()));
  }

  private void subjects(Map<String, String> table) {
    for (Object subject :
        new Object[] {"", " ", "s".repeat(256), 7, List.of("7"), Map.of("a", 1)}) {
      table.put(
          "subject " + subject,
          TestIssuer.token(rsa, JOSEObjectType.JWT, claims().claim("sub", subject)));
    }
    table.put("subject with half a letter", written("a\\ud83d"));
    table.put("subject with NUL", written("a\\u0000"));
    table.put("no subject", TestIssuer.token(rsa, JOSEObjectType.JWT, claims().subject(null)));
  }

  /** A token whose subject is written as it is, escapes included. */
  private String written(String subject) {
    try {
      JWSObject token =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(rsa.getKeyID()).build(),
              new Payload(claims().build().toString().replace("somebody", subject)));
      token.sign(new RSASSASigner(rsa.toRSAKey()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
