// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corkboard.deploy.e2e.Rest.Answer;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.oauth.v1.AuthorizeAppRequest;
import dev.corkboard.oauth.v1.CreateAppRequest;
import dev.corkboard.oauth.v1.CreateAppResponse;
import dev.corkboard.oauth.v1.CreateSessionRequest;
import dev.corkboard.oauth.v1.OAuthServiceGrpc;
import dev.corkboard.oauth.v1.OAuthServiceGrpc.OAuthServiceBlockingStub;
import dev.corkboard.oauth.v1.SetPasswordRequest;
import dev.corkboard.platform.client.Bearer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The OAuth checks of the contract, through the edge on real stores. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OAuthIT {
  private static final String REDIRECT = "http://127.0.0.1:9999/back";

  private final EndToEnd suite = EndToEnd.get();
  private final Rest person = suite.newAccount();
  private final GrpcChannels channels = new GrpcChannels(suite);
  private CreateAppResponse client;

  @BeforeAll
  void register() {
    client =
        as("operator")
            .createApp(
                CreateAppRequest.newBuilder()
                    .setApp(
                        App.newBuilder()
                            .setName("Client")
                            .addRedirectUris(REDIRECT)
                            .setOwnerId(person.account().id()))
                    .build());
    as("operator")
        .setPassword(
            SetPasswordRequest.newBuilder()
                .setAccountId(person.account().id())
                .setPassword("correct horse battery")
                .build());
  }

  @AfterAll
  void close() {
    channels.close();
  }

  private OAuthServiceBlockingStub as(String service) {
    String token = suite.serviceToken(service, "account");
    return OAuthServiceGrpc.newBlockingStub(channels.to("account"))
        .withCallCredentials(new Bearer(token, UUID.randomUUID().toString()));
  }

  /** What the sign-in and consent pages end with. */
  private String code() {
    String session =
        as("edge")
            .createSession(
                CreateSessionRequest.newBuilder()
                    .setUsername(person.account().username())
                    .setPassword("correct horse battery")
                    .build())
            .getSessionToken();
    return as("edge")
        .authorizeApp(
            AuthorizeAppRequest.newBuilder()
                .setSessionToken(session)
                .setAppId(client.getApp().getId())
                .setRedirectUri(REDIRECT)
                .addAllScopes(List.of("user_accounts:read", "boards:read"))
                .build())
        .getCode();
  }

  private Answer token(String secret, String... form) {
    return send("/v5/oauth/token", secret, form);
  }

  private Answer send(String path, String secret, String... form) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < form.length; i += 2) {
      body.append(i == 0 ? "" : "&")
          .append(form[i])
          .append('=')
          .append(URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
    }
    String basic = client.getApp().getId() + ":" + secret;
    return suite
        .anonymous()
        .send(
            HttpRequest.newBuilder(URI.create(suite.edge() + path))
                .header("content-type", "application/x-www-form-urlencoded")
                .header(
                    "authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
  }

  private JsonNode redeemed(String code) {
    return token(
            client.getClientSecret(),
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            REDIRECT)
        .expect(200)
        .json();
  }

  private Rest with(JsonNode tokens) {
    return suite.withToken(tokens.get("access_token").textValue());
  }

  private static void assertRefreshable(JsonNode tokens) {
    for (String field :
        List.of("refresh_token", "refresh_token_expires_in", "refresh_token_expires_at")) {
      assertThat(tokens.hasNonNull(field)).as(field).isTrue();
    }
  }

  @Test
  @DisplayName("O1 a code is worth tokens that speak for the person; O3 once")
  void o1o3Codes() {
    String code = code();
    JsonNode tokens = redeemed(code);
    assertThat(tokens.get("response_type").textValue()).isEqualTo("authorization_code");
    assertThat(tokens.get("token_type").textValue()).isEqualTo("bearer");
    assertRefreshable(tokens);
    assertThat(with(tokens).get("/v5/user_account").expect(200).id())
        .isEqualTo(person.account().id());
    token(
            client.getClientSecret(),
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            REDIRECT)
        .expect(400, 1, "code");
  }

  @Test
  @DisplayName("O1 an app has tokens for itself, with which it may not do what a person must")
  void o1ClientCredentials() {
    JsonNode tokens =
        token(
                client.getClientSecret(),
                "grant_type",
                "client_credentials",
                "scope",
                "boards:read,boards:write,user_accounts:read,user_accounts:write")
            .expect(200)
            .json();
    assertThat(tokens.has("refresh_token")).isFalse();
    Rest app = with(tokens);
    String board = app.createBoard("PUBLIC");
    app.get("/v5/user_account").expect(200);
    app.delete("/v5/boards/" + board).expect(403, 29, "You are not permitted");
    app.post("/v5/boards/" + board + "/sections", Rest.object(o -> o.put("name", "No")))
        .expect(403, 29, "");
    app.patch("/v5/user_account", Rest.object(o -> o.put("about", "No"))).expect(403, 29, "");
    person.delete("/v5/boards/" + board).expect(204);
  }

  @Test
  @DisplayName("O2 a wrong secret is a 401 of code 2")
  void o2WrongSecret() {
    token("wrong", "grant_type", "client_credentials", "scope", "boards:read")
        .expect(401, 2, "Authentication failed.");
    send("/v5/oauth/token/revoke", "wrong", "token", "x").expect(401, 2, "Authentication failed.");
  }

  @Test
  @DisplayName("O4 a refresh answers with the three refresh fields, and the old token stays good")
  void o4Refreshes() {
    JsonNode first = redeemed(code());
    for (int i = 0; i < 2; i++) {
      JsonNode next =
          token(
                  client.getClientSecret(),
                  "grant_type",
                  "refresh_token",
                  "refresh_token",
                  first.get("refresh_token").textValue(),
                  "refresh_on",
                  "true")
              .expect(200)
              .json();
      assertThat(next.get("response_type").textValue()).isEqualTo("refresh_token");
      assertRefreshable(next);
      with(next).get("/v5/user_account").expect(200);
    }
  }

  @Test
  @DisplayName("O5 an expired access token is a 401")
  void o5Expired() {
    suite.expired(person).get("/v5/user_account").expect(401, 2, "Authentication failed.");
  }

  @Test
  @DisplayName("O6 a revocation is a 200 without a body, and holds everywhere within 5 s")
  void o6Revocation() {
    JsonNode tokens = redeemed(code());
    Rest app = with(tokens);
    app.get("/v5/boards").expect(200);
    Answer revoked =
        send(
                "/v5/oauth/token/revoke",
                client.getClientSecret(),
                "token",
                tokens.get("access_token").textValue())
            .expect(200);
    assertThat(revoked.text()).isEmpty();
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> app.get("/v5/boards").expect(401, 2, "Authentication failed."));
  }
}
