// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcConfigTest {
  @Test
  void withoutAnIssuerThereIsNone() {
    assertThat(OidcConfig.fromEnv(Env.of(Map.of("OIDC_AUDIENCE", "pins", "OIDC_ISSUER", ""))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://issuer.example",
        "https://issuer.example/realms/one/",
        "http://localhost:8180/realms/one",
        "http://127.0.0.1:1",
        "http://[::1]:1/x"
      })
  void theIssuerIsTakenAsItIsWritten(String issuer) {
    assertThat(OidcConfig.fromEnv(Env.of(Map.of("OIDC_ISSUER", issuer, "OIDC_AUDIENCE", "pins"))))
        .contains(new OidcConfig(issuer, "pins", "preferred_username", Set.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "issuer.example",
        "http://issuer.example",
        "http://127.0.0.1.example",
        "ftp://localhost",
        "https://",
        "https://issuer.example?realm=1",
        "https://issuer.example#x",
        "https://user@issuer.example",
        "https://a b"
      })
  void anIssuerThatCannotBeTrustedIsNamed(String issuer) {
    assertThatThrownBy(
            () ->
                OidcConfig.fromEnv(Env.of(Map.of("OIDC_ISSUER", issuer, "OIDC_AUDIENCE", "pins"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("OIDC_ISSUER: " + issuer + " (expected: ");
  }

  @Test
  void theAudienceIsNeeded() {
    assertThatThrownBy(
            () -> OidcConfig.fromEnv(Env.of(Map.of("OIDC_ISSUER", "https://issuer.example"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("OIDC_AUDIENCE: ");
  }

  @Test
  void claimAndScopesCanBeChosen() {
    Env env =
        Env.of(
            Map.of(
                "OIDC_ISSUER", "https://issuer.example",
                "OIDC_AUDIENCE", "pins",
                "OIDC_USERNAME_CLAIM", "nickname",
                "OIDC_DEFAULT_SCOPES", " boards:read, pins:read boards:read "));
    OidcConfig config = OidcConfig.fromEnv(env).orElseThrow();
    assertThat(config.usernameClaim()).isEqualTo("nickname");
    assertThat(config.defaultScopes()).containsExactlyInAnyOrder("boards:read", "pins:read");
  }
}
