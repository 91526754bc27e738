// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.edge.testing.FakeOAuth;
import dev.corkboard.oauth.v1.IssueTokenRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointsTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private static final String BASIC = basic(FakeOAuth.APP + ":s%3Acret");

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer post(String path, String authorization, String form) {
    return edge.api("7")
        .send(
            edge.api("7")
                .anonymous(path)
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
  }

  private static Answer token(String form) {
    return post("/v5/oauth/token", BASIC, form);
  }

  private static IssueTokenRequest last() {
    return edge.oauth().issued().get(edge.oauth().issued().size() - 1);
  }

  @Test
  @DisplayName("O1: a code becomes tokens")
  void codeBecomesTokens() {
    Answer answer =
        token(
            "grant_type=authorization_code&code=c&redirect_uri=https%3A%2F%2Fclient.example%2F"
                + "&code_verifier=v&continuous_refresh=true&refresh_on=true");
    answer.isOk();
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.field("response_type")).isEqualTo("authorization_code");
    assertThat(answer.field("access_token")).isEqualTo("access");
    assertThat(answer.field("token_type")).isEqualTo("bearer");
    assertThat(answer.field("scope")).isEqualTo("boards:read,pins:read");
    assertThat(answer.json().get("expires_in").asLong()).isBetween(2_591_990L, 2_592_000L);
    assertThat(answer.field("refresh_token")).isEqualTo("pinr_refresh");
    assertThat(last().getCode().getCode()).isEqualTo("c");
    assertThat(last().getCode().getRedirectUri()).isEqualTo("https://client.example/");
    assertThat(last().getCode().getCodeVerifier()).isEqualTo("v");
  }

  @Test
  @DisplayName("O4: a refresh answers with the three fields of the new refresh token")
  void refreshHasItsThreeFields() {
    Answer answer =
        token(
            "grant_type=refresh_token&refresh_token=r&scope=pins%3Aread%2Cboards%3Aread"
                + "&redirect_uri=ignored");
    answer.isOk();
    assertThat(answer.field("response_type")).isEqualTo("refresh_token");
    assertThat(answer.field("refresh_token")).isEqualTo("pinr_refresh");
    assertThat(answer.json().get("refresh_token_expires_in").asLong())
        .isBetween(5_183_990L, 5_184_000L);
    assertThat(answer.json().get("refresh_token_expires_at").asLong())
        .isGreaterThan(1_700_000_000L);
    assertThat(last().getRefresh().getRefreshToken()).isEqualTo("r");
    assertThat(last().getRefresh().getScopesList()).containsExactly("pins:read", "boards:read");
  }

  @Test
  @DisplayName("O1: an app gets a token for itself, and no refresh token")
  void appGetsATokenForItself() {
    Answer answer = token("grant_type=client_credentials&scope=boards:read pins:read");
    answer.isOk();
    assertThat(answer.json().has("refresh_token")).isFalse();
    assertThat(last().getClient().getScopesList()).containsExactly("boards:read", "pins:read");
  }

  @ParameterizedTest
  @DisplayName("O2: wrong app credentials are 401 code 2")
  @ValueSource(
      strings = {
        "Basic",
        "Basic !!!",
        "Basic OQ==",
        "Bearer OTpzJTNBY3JldA==",
        "Basic OTp3cm9uZw==",
        "Basic OTolJQ=="
      })
  void wrongCredentialsAreRefused(String authorization) {
    post("/v5/oauth/token", authorization, "grant_type=client_credentials&scope=pins:read")
        .fails(401, 2, "Authentication failed.");
    post("/v5/oauth/token/revoke", authorization, "token=t").fails(401, 2, "Authentication");
  }

  @ParameterizedTest
  @CsvSource({
    "'', grant_type",
    "grant_type=password, grant_type",
    "grant_type=authorization_code, code",
    "grant_type=authorization_code&code=c, redirect_uri",
    "grant_type=refresh_token, refresh_token",
    "grant_type=client_credentials, scope",
    "grant_type=client_credentials&grant_type=x, grant_type"
  })
  void whatIsMissingOrUnknownIsNamed(String form, String field) {
    token(form).fails(400, 1, field);
  }

  @Test
  void bodyMustBeAForm() {
    Answer answer =
        edge.api("7")
            .send(
                edge.api("7")
                    .anonymous("/v5/oauth/token")
                    .header("Authorization", BASIC)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}")));
    answer.fails(415, 415, "");
  }

  @Test
  @DisplayName("O6: revoking answers 200 without a body, again too")
  void revokingAnswersWithNothing() {
    for (int i = 0; i < 2; i++) {
      Answer answer =
          post("/v5/oauth/token/revoke", BASIC, "token=gone&token_type_hint=access_token");
      answer.isOk();
      assertThat(answer.bytes()).isEmpty();
    }
    assertThat(edge.oauth().revoked()).contains("gone");
    post("/v5/oauth/token/revoke", BASIC, "").fails(400, 1, "token");
  }

  @Test
  @DisplayName("O6: a revoked access token is 401")
  void revokedTokenIsRefused() {
    String token = edge.tokens().access("7", "revoked-id", "some-grant");
    var request = edge.api("7").anonymous("/v5/boards").header("Authorization", "Bearer " + token);
    edge.api("7").send(request.copy()).isOk();
    edge.oauth().revocations().add("revoked-id");
    Awaitility.await().until(() -> edge.api("7").send(request.copy()).status() == 401);
    edge.api("7").send(request.copy()).fails(401, 2, "Authentication failed.");
  }
}
