// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.platform.config.OidcConfig;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.TestIssuer;
import dev.corkboard.platform.testing.TestTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edge where an external issuer is configured; account-service has the word on its tokens. */
class ExternalIssuerTest {
  private static final String ISSUER = "https://issuer.example/realms/one";
  private static final JWK KEY = TestIssuer.key("external", JWSAlgorithm.ES256);

  @RegisterExtension
  static final EdgeExtension edge =
      new EdgeExtension(new OidcConfig(ISSUER, "pins", "preferred_username", Set.of()));

  private final Api api = edge.api("7");

  private static String external() {
    return TestIssuer.token(
        KEY,
        JOSEObjectType.JWT,
        new JWTClaimsSet.Builder().issuer(ISSUER).subject(UUID.randomUUID().toString()));
  }

  private static String accepted(Set<String> scopes, long seconds) {
    String external = external();
    Instant expire = Instant.now().plusSeconds(seconds);
    edge.exchange().put(external, edge.tokens().access("7", scopes, expire), expire);
    return external;
  }

  private Answer boards(String token) {
    return api.send(api.anonymous("/v5/boards").header("Authorization", "Bearer " + token).GET());
  }

  private static int exchanges(String token) {
    return Collections.frequency(edge.exchange().asked(), token);
  }

  @Test
  void anExternalTokenIsExchangedOnceAndTheServicesSeeTheOwnOne() {
    String token = accepted(TestTokens.ALL_SCOPES, 600);
    boards(token).isOk();
    boards(token).isOk();
    assertThat(exchanges(token)).isEqualTo(1);
  }

  @Test
  void manyWhoWaitForOneExchangeShareIt() {
    String token = accepted(TestTokens.ALL_SCOPES, 600);
    CompletableFuture<Void> gate = new CompletableFuture<>();
    edge.exchange().waitFor(gate);
    List<CompletableFuture<Answer>> answers =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> boards(token)))
            .toList();
    Awaitility.await().until(() -> exchanges(token) == 1);
    gate.complete(null);
    answers.forEach(answer -> answer.join().isOk());
    assertThat(exchanges(token)).isEqualTo(1);
  }

  @Test
  void anExchangeIsRememberedForHalfOfItsLife() {
    String token = accepted(TestTokens.ALL_SCOPES, 4);
    boards(token).isOk();
    assertThat(exchanges(token)).isEqualTo(1);
    Awaitility.await()
        .until(
            () -> {
              boards(token);
              return exchanges(token) > 1;
            });
  }

  @Test
  void whatAccountServiceRefusesIs401AndAskedForAgain() {
    String token = external();
    boards(token).fails(401, 2, "Authentication failed.");
    boards(token).fails(401, 2, "Authentication failed.");
    assertThat(exchanges(token)).isEqualTo(2);
  }

  @Test
  void whatCannotBeATokenCostsNoExchange() {
    int before = edge.exchange().asked().size();
    for (String token : List.of("x", "a.b.c", "a".repeat(9_000), external() + "=")) {
      boards(token).fails(401, 2, "Authentication failed.");
    }
    assertThat(edge.exchange().asked()).hasSize(before);
  }

  @Test
  void anIssuerNobodyReachesIs503() {
    String token = accepted(TestTokens.ALL_SCOPES, 600);
    edge.exchange()
        .waitFor(CompletableFuture.failedFuture(ApiException.unavailable("no keys", null)));
    boards(token).fails(503, 503, "not available");
    edge.exchange().waitFor(CompletableFuture.completedFuture(null));
    boards(token).isOk();
  }

  @Test
  void scopesThatAreMissingAreNamed() {
    boards(accepted(Set.of("pins:read"), 600)).fails(401, 3, "Missing: ['boards:read']");
  }

  @Test
  void ourOwnTokensAreNotAcceptedHere() {
    boards(api.token(TestTokens.ALL_SCOPES)).fails(401, 2, "Authentication failed.");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/oauth",
    "GET,/oauth/?client_id=9",
    "POST,/oauth/sign-in",
    "POST,/oauth/consent",
    "POST,/oauth/sign-out",
    "POST,/v5/oauth/token",
    "POST,/v5/oauth/token/",
    "POST,/v5/oauth/token/revoke",
    "POST,/v5/oauth/token/revoke/"
  })
  void signInIsElsewhere(String method, String path) {
    api.send(
            api.anonymous(path)
                .header("Authorization", "Basic OTpzOmNyZXQ=")
                .method(method, BodyPublishers.ofString("x")))
        .fails(403, 29, ISSUER);
  }
}
