// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.TestClock;
import dev.corkboard.platform.testing.TestTokens;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
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
    assertThat(principal.appId()).isEmpty();
  }

  @Test
  void aTokenOfAnAppNamesIt() {
    Principal through = verify(tokens.throughApp("42", "9"));
    assertThat(through.appId()).isEqualTo("9");
    assertThat(through.appOnly()).isFalse();
    assertThat(verify(tokens.appOnly("42", "9")).appOnly()).isTrue();
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
