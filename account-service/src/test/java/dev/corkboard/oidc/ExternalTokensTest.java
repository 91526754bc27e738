// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.corkboard.platform.config.OidcConfig;
import dev.corkboard.platform.testing.TestClock;
import dev.corkboard.platform.testing.TestIssuer;
import dev.corkboard.platform.testing.TestTokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalTokensTest {
  private final TestIssuer issuer = new TestIssuer(JWSAlgorithm.ES256);
  private final TestClock clock = new TestClock();
  private final Discovery discovery = new Discovery(issuer.url());
  private final ExternalTokens tokens = tokens(issuer.config());

  private ExternalTokens tokens(OidcConfig config) {
    return new ExternalTokens(config, ExternalIssuer.keys(discovery, clock), clock);
  }

  @AfterEach
  void close() {
    discovery.close();
    issuer.close();
  }

  private ExternalToken verify(JWTClaimsSet.Builder claims) {
    return verify(issuer.token(claims));
  }

  private ExternalToken verify(String token) {
    return tokens.verify(token).toCompletableFuture().join();
  }

  @Test
  void saysWhomItSpeaksForAndWhatTheyMay() {
    ExternalToken token =
        verify(
            issuer
                .claims("f3a1", "openid boards:read pins:read profile")
                .claim("preferred_username", "ann"));
    assertThat(token.subject()).isEqualTo("f3a1");
    assertThat(token.username()).isEqualTo("ann");
    assertThat(token.scopes()).containsExactlyInAnyOrder("boards:read", "pins:read");
    assertThat(token.expireTime())
        .isCloseTo(Instant.now().plusSeconds(300), within(9, ChronoUnit.SECONDS));
    assertThat(token.app()).isEmpty();
  }

  @Test
  void everyAllowedAlgorithmVerifies() {
    RSAKey rsa = TestIssuer.key("rsa", JWSAlgorithm.RS256).toRSAKey();
    for (String name : List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")) {
      JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
      issuer.rotate(new RSAKey.Builder(rsa).keyID(name).algorithm(algorithm).build());
    }
    for (String name : List.of("ES256", "ES384", "ES512")) {
      issuer.rotate(TestIssuer.key(name, JWSAlgorithm.parse(name)));
    }
    for (JWK key : issuer.keys()) {
      String token = TestIssuer.token(key, JOSEObjectType.JWT, issuer.claims("a", "pins:read"));
      assertThat(verify(token).subject()).as(key.getKeyID()).isEqualTo("a");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "application/at+jwt", "JWT", ""})
  void everyTypeThatProvidersWriteIsAccepted(String type) {
    JOSEObjectType written = type.isEmpty() ? null : new JOSEObjectType(type);
    JWTClaimsSet.Builder plain = issuer.claims("a", "pins:read").claim("typ", null);
    assertThat(verify(TestIssuer.token(issuer.signer(), written, plain)).subject()).isEqualTo("a");
  }

  @Test
  void aNonceMakesNoIdTokenOfWhatSaysItIsAnAccessToken() {
    assertThat(verify(issuer.claims("a", "").claim("nonce", "n")).subject()).isEqualTo("a");
    JWTClaimsSet.Builder typed = issuer.claims("a", "").claim("typ", null).claim("nonce", "n");
    for (String type : List.of("at+jwt", "application/at+jwt")) {
      String token = TestIssuer.token(issuer.signer(), new JOSEObjectType(type), typed);
      assertThat(verify(token).subject()).isEqualTo("a");
    }
  }

  @Test
  void scopesMayBeAList() {
    ExternalToken token =
        verify(issuer.claims("a", "").claim("scope", List.of("pins:read", "email", 7)));
    assertThat(token.scopes()).containsExactly("pins:read");
  }

  @Test
  void tokensWithoutScopesOfOursHaveTheDefaultOnes() {
    JWTClaimsSet.Builder none = issuer.claims("a", "openid email");
    assertThat(verify(none).scopes()).isEmpty();
    ExternalTokens generous = tokens(issuer.config("boards:read", "pins:read"));
    assertThat(generous.verify(issuer.token(none)).toCompletableFuture().join().scopes())
        .containsExactlyInAnyOrder("boards:read", "pins:read");
    assertThat(
            generous
                .verify(issuer.token(issuer.claims("a", "pins:write")))
                .toCompletableFuture()
                .join()
                .scopes())
        .containsExactly("pins:write");
  }

  @Test
  void aClientThatIsItsOwnSubjectActsForItself() {
    assertThat(verify(issuer.claims("a-client", "")).app()).contains("a-client");
    assertThat(verify(issuer.claims("app", "").claim("client_id", "app")).app()).contains("app");
    assertThat(verify(issuer.claims("a-client", "").claim("client_id", "app")).app()).isEmpty();
  }

  @Test
  void aUsernameThatIsNoTextIsNone() {
    assertThat(verify(issuer.claims("a", "")).username()).isEmpty();
    assertThat(verify(issuer.claims("a", "").claim("preferred_username", 7)).username()).isEmpty();
  }

  @Test
  void tokensOfOthersDoNotAskForKeys() {
    String own =
        new TestTokens().access("7", TestTokens.ALL_SCOPES, Instant.now().plusSeconds(600));
    ForgedTokensTest.assertRefused(tokens.verify(own));
    assertThat(issuer.keyReads()).isZero();
  }

  @Test
  void anExpiredTokenIsRefusedToTheSecond() {
    String token = issuer.token(issuer.claims("a", ""));
    verify(token);
    clock.advanceSeconds(301);
    ForgedTokensTest.assertRefused(tokens.verify(token));
  }
}
