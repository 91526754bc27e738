// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.auth.KeyCache;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.TestClock;
import dev.corkboard.platform.testing.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExternalKeysTest {
  private final TestIssuer issuer = new TestIssuer(JWSAlgorithm.ES256);
  private final TestClock clock = new TestClock();
  private final Discovery discovery = new Discovery(issuer.url());
  private final KeyCache<JWK> keys = ExternalIssuer.keys(discovery, clock);

  @AfterEach
  void close() {
    discovery.close();
    issuer.close();
  }

  private boolean knows(String keyId) {
    return keys.find(keyId).toCompletableFuture().join().isPresent();
  }

  private void refresh() {
    keys.refresh(ExternalIssuer.KEYS_AGE).toCompletableFuture().join();
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(
            e ->
                assertThat(ApiException.from(e).reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE));
  }

  @Test
  @DisplayName("API2: a flood of unknown key ids reads the keys once in 30 seconds")
  void aFloodOfUnknownKeyIdsReadsOnce() {
    refresh();
    List<CompletableFuture<?>> flood =
        IntStream.range(0, 1_000)
            .<CompletableFuture<?>>mapToObj(i -> keys.find("unknown-" + i).toCompletableFuture())
            .toList();
    flood.forEach(CompletableFuture::join);
    assertThat(issuer.keyReads()).isEqualTo(2);
    clock.advanceSeconds(29);
    assertThat(knows("unknown")).isFalse();
    assertThat(issuer.keyReads()).isEqualTo(2);
    clock.advanceSeconds(2);
    assertThat(knows("unknown")).isFalse();
    assertThat(issuer.keyReads()).isEqualTo(3);
  }

  @Test
  @DisplayName("API2: and not more often while the issuer does not answer")
  void aFloodMeetsAnOutageOnce() {
    refresh();
    issuer.setDown(true);
    for (int i = 0; i < 100; i++) assertUnavailable(() -> knows("unknown"));
    issuer.setDown(false);
    assertUnavailable(() -> knows("unknown"));
    assertThat(issuer.keyReads()).isEqualTo(1);
    clock.advanceSeconds(31);
    assertThat(knows("unknown")).isFalse();
    assertThat(issuer.keyReads()).isEqualTo(2);
  }

  @Test
  @DisplayName("API2: a rotation fails no call, also right after the keys were read")
  void aNewKeyIsFoundAtOnce() {
    refresh();
    String first = issuer.signer().getKeyID();
    issuer.rotate(JWSAlgorithm.ES256);
    assertThat(knows(issuer.signer().getKeyID())).isTrue();
    assertThat(knows(first)).isTrue();
  }

  @Test
  void aWithdrawnKeyIsForgottenWithinFiveMinutes() {
    refresh();
    String first = issuer.signer().getKeyID();
    issuer.rotate(JWSAlgorithm.ES256);
    issuer.withdrawOld();
    refresh();
    assertThat(issuer.keyReads()).isEqualTo(1);
    assertThat(knows(first)).isTrue();
    clock.advanceSeconds(301);
    refresh();
    assertThat(knows(first)).isFalse();
  }

  @Test
  @DisplayName("API2: known keys outlive an outage, and the end of it is found by itself")
  void knownKeysOutliveAnOutage() {
    refresh();
    String key = issuer.signer().getKeyID();
    issuer.setDown(true);
    clock.advanceSeconds(24 * 3_600);
    assertUnavailable(this::refresh);
    assertThat(knows(key)).isTrue();
    issuer.setDown(false);
    issuer.rotate(JWSAlgorithm.ES256);
    refresh();
    assertThat(knows(issuer.signer().getKeyID())).isTrue();
  }

  @Test
  void anIssuerThatWasNeverReachedIsUnavailable() {
    issuer.setDown(true);
    assertUnavailable(() -> knows(issuer.signer().getKeyID()));
    assertUnavailable(() -> knows(issuer.signer().getKeyID()));
    issuer.setDown(false);
    refresh();
    assertThat(knows(issuer.signer().getKeyID())).isTrue();
  }

  private static Stream<Map<String, Object>> descriptions() {
    return Stream.of(
        Map.of(),
        Map.of("issuer", "https://other.example", "jwks_uri", "{url}/keys"),
        Map.of("issuer", "{url}/", "jwks_uri", "{url}/keys"),
        Map.of("issuer", List.of("{url}"), "jwks_uri", "{url}/keys"),
        Map.of("issuer", "{url}"),
        Map.of("issuer", "{url}", "jwks_uri", 7),
        Map.of("issuer", "{url}", "jwks_uri", ""),
        Map.of("issuer", "{url}", "jwks_uri", "http://issuer.example/keys"),
        Map.of("issuer", "{url}", "jwks_uri", "file:///etc/passwd"),
        Map.of("issuer", "{url}", "jwks_uri", "https://a b"),
        Map.of("issuer", "{url}", "jwks_uri", "{url}/elsewhere"),
        Map.of("issuer", "{url}", "jwks_uri", "{url}/keys", "x", "x".repeat(200_000)));
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void aDescriptionThatIsNotTheIssuersGivesNoKeys(Map<String, Object> description) {
    Map<String, Object> served = new java.util.HashMap<>(description);
    served.replaceAll(
        (name, value) ->
            value instanceof String text ? text.replace("{url}", issuer.url()) : value);
    issuer.describe(served);
    assertUnavailable(() -> knows(issuer.signer().getKeyID()));
  }
}
