// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.platform.config.OidcConfig;
import dev.corkboard.platform.testing.TestIssuer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that has come in whole and waits for others is not its client's fault. */
class LateAnswersTest {
  private static final String ISSUER = "https://issuer.example";

  @RegisterExtension
  static final EdgeExtension edge =
      new EdgeExtension(
          new OidcConfig(ISSUER, "pins", "preferred_username", Set.of()), Duration.ofMillis(700));

  private final Api api = edge.api("7");

  @ParameterizedTest
  @CsvSource({
    "GET,/v5/boards,''",
    "DELETE,/v5/pins/1,''",
    "POST,/v5/boards,'{\"name\":\"x\"}'",
    "PATCH,/v5/boards/1,'{}'"
  })
  void aRequestWhoseCallerIsNotKnownInTimeIsAGatewayTimeout(
      String method, String path, String body) {
    edge.exchange().waitFor(new CompletableFuture<>());
    String token =
        TestIssuer.token(
            TestIssuer.key("external", JWSAlgorithm.ES256),
            JOSEObjectType.JWT,
            new JWTClaimsSet.Builder().issuer(ISSUER).subject("late"));
    api.send(
            api.anonymous(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                    method,
                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)))
        .fails(504, 504, "took too long");
  }
}
