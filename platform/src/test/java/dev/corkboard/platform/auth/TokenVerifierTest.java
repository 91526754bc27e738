// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.TestClock;
import dev.corkboard.platform.testing.TestTokens;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
  private final TestTokens tokens = new TestTokens();
  private final TokenVerifier verifier = tokens.verifier("pin");

  private Principal verify(String token) {
    return verifier.verifyAccess(token).toCompletableFuture().join();
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(TestTokens.ISSUER)
        .audience(TokenVerifier.AUDIENCE)
        .subject("42")
        .claim("scope", "pins:read boards:read")
        .issueTime(Date.from(Instant.now()))
        .expirationTime(Date.from(Instant.now().plusSeconds(60)));
  }

  private JWSHeader.Builder header() {
    return new JWSHeader.Builder(JWSAlgorithm.ES256)
        .type(Jwts.ACCESS)
        .keyID(tokens.issuerKey().getKeyID());
  }

  private String signed(JWSHeader.Builder header, JWTClaimsSet.Builder claims) throws Exception {
    SignedJWT jwt = new SignedJWT(header.build(), claims.build());
    jwt.sign(new ECDSASigner(tokens.issuerKey()));
    return jwt.serialize();
  }

  @Test
  void aGoodTokenSaysWhoAndWhat() throws Exception {
    Principal principal = verify(signed(header(), claims()));
    assertThat(principal.accountId()).isEqualTo("42");
    assertThat(principal.scopes()).containsExactlyInAnyOrder("pins:read", "boards:read");
    assertThat(principal.service()).isEmpty();
  }

  private interface Making {
    String make() throws Exception;
  }

  /**
   * The algorithm-confusion classics, headers that bring their own key, and claims that are off.
   */
  @TestFactory
  Stream<DynamicTest> noForgedOrBrokenTokenIsAccepted() {
    Map<String, Making> table = new LinkedHashMap<>();
    table.put("empty", () -> "");
    table.put("garbage", () -> "garbage");
    table.put("three dots", () -> "a.b.c");
    table.put("too long", () -> "a".repeat(5_000_000));
    table.put("alg none", () -> new PlainJWT(claims().build()).serialize());
    table.put("HS256 keyed with the public key", this::confusedAlgorithm);
    table.put("other key, same kid", () -> tokens.forged("42"));
    table.put("unknown kid", () -> signed(header().keyID("another"), claims()));
    table.put("kid as a path", () -> signed(header().keyID("../../etc/passwd"), claims()));
    table.put("no kid", () -> signed(header().keyID(null), claims()));
    table.put("no typ", () -> signed(header().type(null), claims()));
    table.put("typ JWT", () -> signed(header().type(JOSEObjectType.JWT), claims()));
    table.put("service typ", () -> signed(header().type(Jwts.SERVICE), claims()));
    table.put(
        "own key in jwk", () -> signed(header().jwk(tokens.issuerKey().toPublicJWK()), claims()));
    table.put("jku", () -> signed(header().jwkURL(URI.create("http://127.0.0.1/k")), claims()));
    table.put(
        "x5u", () -> signed(header().x509CertURL(URI.create("http://127.0.0.1/k")), claims()));
    table.put("unknown crit", () -> signed(header().criticalParams(Set.of("b64")), claims()));
    table.put("no issuer", () -> signed(header(), claims().issuer(null)));
    table.put("other issuer", () -> signed(header(), claims().issuer("evil")));
    table.put("no audience", () -> signed(header(), claims().audience(List.of())));
    table.put("other audience", () -> signed(header(), claims().audience("pin")));
    table.put("no expiry", () -> signed(header(), claims().expirationTime(null)));
    table.put("expired", () -> signed(header(), claims().expirationTime(at(-1))));
    table.put("not before the future", () -> signed(header(), claims().notBeforeTime(at(3_600))));
    table.put("issued in the future", () -> signed(header(), claims().issueTime(at(3_600))));
    table.put("no issue time", () -> signed(header(), claims().issueTime(null)));
    table.put("no subject", () -> signed(header(), claims().subject(null)));
    table.put("subject no id", () -> signed(header(), claims().subject("admin")));
    table.put("subject over 63 bits", () -> signed(header(), claims().subject("9".repeat(20))));
    table.put("scope no text", () -> signed(header(), claims().claim("scope", List.of("a"))));
    table.put("payload changed", () -> swapped(1));
    table.put("signature cut off", () -> cut(signed(header(), claims())));
    table.put("signature of zeros", () -> zeroSignature(signed(header(), claims())));
    return table.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> assertRefused(entry.getValue().make())));
  }

  private static Date at(long seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private String confusedAlgorithm() throws Exception {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(Jwts.ACCESS)
                .keyID(tokens.issuerKey().getKeyID())
                .build(),
            claims().build());
    jwt.sign(new MACSigner(tokens.issuerKey().toPublicJWK().toJSONString()));
    return jwt.serialize();
  }

  private String swapped(int part) throws Exception {
    String[] mine = signed(header(), claims()).split("\\.", -1);
    String[] other = signed(header(), claims().subject("43")).split("\\.", -1);
    mine[part] = other[part];
    return String.join(".", mine);
  }

  private static String cut(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1);
  }

  private static String zeroSignature(String token) {
    return cut(token) + "A".repeat(86);
  }

  private void assertRefused(String token) {
    assertThatThrownBy(() -> verify(token))
        .satisfies(
            e -> {
              ApiException refusal = ApiException.from(e);
              assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_UNAUTHENTICATED);
              assertThat(refusal).hasMessage("Authentication failed.");
            });
  }

  @Test
  void aTokenIsCheckedOnceAndRemembered() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    TokenVerifier counting =
        new TokenVerifier(
            TestTokens.ISSUER,
            id -> {
              asked.incrementAndGet();
              return tokens.keys().find(id);
            },
            Revocations.NONE,
            tokens.identity("pin"),
            Clock.systemUTC());
    String token = signed(header(), claims());
    for (int i = 0; i < 10; i++) counting.verifyAccess(token).toCompletableFuture().join();
    assertThat(asked).hasValue(1);
  }

  @Test
  void aRememberedTokenStopsWorkingWhenItExpires() throws Exception {
    TestClock clock = new TestClock();
    TokenVerifier timed =
        new TokenVerifier(
            TestTokens.ISSUER, tokens.keys(), Revocations.NONE, tokens.identity("pin"), clock);
    String token = signed(header(), claims());
    timed.verifyAccess(token).toCompletableFuture().join();
    clock.advanceSeconds(61);
    assertThatThrownBy(() -> timed.verifyAccess(token).toCompletableFuture().join())
        .hasCauseInstanceOf(ApiException.class);
  }

  @Test
  void serviceTokensAreForOneCalleeOnly() {
    ServiceIdentity pin = tokens.identity("pin");
    String forBoard =
        Jwts.sign(
            pin.key(), Jwts.SERVICE, claims().issuer("pin").audience("board").subject("7").build());
    Principal principal = tokens.verifier("board").verifyService(forBoard);
    assertThat(principal.service()).isEqualTo(Optional.of("pin"));
    assertThat(principal.accountId()).isEqualTo("7");
    assertThatThrownBy(() -> tokens.verifier("account").verifyService(forBoard))
        .isInstanceOf(ApiException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 300})
  void clocksFiveMinutesApartFailNoCallBetweenServices(long seconds) {
    TestClock off = new TestClock();
    off.advanceSeconds(seconds);
    TokenVerifier board =
        new TokenVerifier(
            TestTokens.ISSUER, tokens.keys(), Revocations.NONE, tokens.identity("board"), off);
    String token =
        Jwts.sign(
            tokens.identity("pin").key(),
            Jwts.SERVICE,
            claims().issuer("pin").audience("board").build());
    assertThat(board.verifyService(token).service()).contains("pin");
    assertThat(board.verifyService(token).service()).contains("pin");
    off.advanceSeconds(1_000);
    assertThatThrownBy(() -> board.verifyService(token)).isInstanceOf(ApiException.class);
  }

  @Test
  void aServiceCannotSpeakAsAnother() {
    ECKey pinKeyNamedEdge = new ECKey.Builder(tokens.identity("pin").key()).keyID("edge").build();
    String forged =
        Jwts.sign(pinKeyNamedEdge, Jwts.SERVICE, claims().issuer("edge").audience("board").build());
    assertThatThrownBy(() -> tokens.verifier("board").verifyService(forged))
        .isInstanceOf(ApiException.class);
    String wrongIssuer =
        Jwts.sign(
            tokens.identity("pin").key(),
            Jwts.SERVICE,
            claims().issuer("edge").audience("board").build());
    assertThatThrownBy(() -> tokens.verifier("board").verifyService(wrongIssuer))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void keysThatCannotBeReadAreUnavailableNotUnauthenticated() throws Exception {
    TokenVerifier cutOff =
        new TokenVerifier(
            TestTokens.ISSUER,
            id -> CompletableFuture.failedStage(ApiException.unavailable("no keys", null)),
            Revocations.NONE,
            tokens.identity("pin"),
            Clock.systemUTC());
    String token = signed(header(), claims());
    assertThatThrownBy(() -> cutOff.verifyAccess(token).toCompletableFuture().join())
        .satisfies(
            e ->
                assertThat(ApiException.from(e).reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE));
  }
}
