// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.HostileTokens;
import dev.corkboard.platform.testing.TestTokens;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** No forged or broken token is accepted, and all are refused in the same words. */
class HostileTokensTest {
  private static final Logger log = LoggerFactory.getLogger(HostileTokensTest.class);

  private final TestTokens tokens = new TestTokens();
  private final TokenVerifier verifier = tokens.verifier("board");

  private Principal verify(String token) {
    return verifier.verifyAccess(token).toCompletableFuture().join();
  }

  @Test
  void theTokenThatTheTableVariesIsGood() {
    String good = HostileTokens.good(tokens.issuerKey(), TestTokens.ISSUER, "42");
    assertThat(verify(good).accountId()).isEqualTo("42");
  }

  @TestFactory
  Stream<DynamicTest> noAccessTokenOfTheTableIsAccepted() {
    var table = HostileTokens.access(tokens.issuerKey(), TestTokens.ISSUER, "42");
    table.put("5 MB", "a".repeat(5_000_000));
    table.put("5 MB of dots", ".".repeat(5_000_000));
    return each("access tokens", table, token -> () -> verify(token));
  }

  @TestFactory
  Stream<DynamicTest> noServiceTokenOfTheTableIsAccepted() {
    var table = HostileTokens.service(tokens.identity("pin").key(), "board");
    return each("service tokens", table, token -> () -> verifier.verifyService(token));
  }

  @TestFactory
  Stream<DynamicTest> askingWhoseTokenItIsNeverFails() {
    var table = HostileTokens.access(tokens.issuerKey(), TestTokens.ISSUER, "42");
    return table.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> assertThat(verifier.looksLikeService(entry.getValue())).isFalse()));
  }

  private interface Verification {
    ThrowingCallable of(String token);
  }

  private static Stream<DynamicTest> each(
      String what, Map<String, String> table, Verification verification) {
    log.info("{} {}, each must be refused", what, table.size());
    return table.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> assertRefused(verification.of(entry.getValue()))));
  }

  private static void assertRefused(ThrowingCallable verification) {
    assertThatThrownBy(verification)
        .satisfies(
            e -> {
              ApiException refusal = ApiException.from(e);
              assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_UNAUTHENTICATED);
              assertThat(refusal).hasMessage("Authentication failed.");
            });
  }
}
