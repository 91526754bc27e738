// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.oauth.v1.AuthorizeAppRequest;
import dev.corkboard.oauth.v1.DeleteAppRequest;
import dev.corkboard.oauth.v1.DeleteSessionRequest;
import dev.corkboard.oauth.v1.GetAppRequest;
import dev.corkboard.oauth.v1.GetSessionRequest;
import dev.corkboard.oauth.v1.IssueTokenResponse;
import dev.corkboard.oauth.v1.Session;
import dev.corkboard.oauth.v1.SetPasswordRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthServiceTest extends OAuthServiceFixture {
  @Test
  void appIsRegisteredAndFoundWithoutItsSecret() {
    assertThat(app.getClientSecret()).hasSize(43);
    assertThat(as("edge").getApp(GetAppRequest.newBuilder().setAppId(app.getApp().getId()).build()))
        .isEqualTo(app.getApp());
    assertThat(app.getApp().getName()).isEqualTo("Client");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://client.example/back",
        "https://client.example/back#here",
        "https://user@client.example/",
        "javascript:alert(1)",
        "http://[::ffff:10.0.0.99999999999]/",
        "/back",
        "https:///back",
        "custom://client",
        "https://client.example/ back"
      })
  void redirectUriThatIsNotSafeIsRefused(String uri) {
    assertThat(refusal(() -> create(b -> b.addRedirectUris(uri))))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  void loopbackRedirectMayBePlain() {
    create(b -> b.addRedirectUris("http://localhost:3000/cb"));
    create(b -> b.addRedirectUris("http://127.0.0.1/cb"));
  }

  @Test
  void badAppIsRefused() {
    assertThat(refusal(() -> create(b -> b.setName("  "))))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(refusal(() -> create(b -> b.setName("x".repeat(101)))))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(refusal(() -> create(b -> b.setOwnerId("17"))))
        .isEqualTo(ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND);
    assertThat(
            refusal(
                () ->
                    create(
                        b -> {
                          for (int i = 0; i < 21; i++) b.addRedirectUris(REDIRECT + i);
                          return b;
                        })))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  void deletedAppGetsNoTokens() {
    IssueTokenResponse tokens = redeem(code(""), "");
    DeleteAppRequest deletion =
        DeleteAppRequest.newBuilder().setAppId(app.getApp().getId()).build();
    as("operator").deleteApp(deletion);
    assertThat(refusal(() -> refresh(tokens.getRefreshToken())))
        .isEqualTo(ErrorReason.ERROR_REASON_CREDENTIALS_INVALID);
    assertThat(refusal(() -> as("operator").deleteApp(deletion)))
        .isEqualTo(ErrorReason.ERROR_REASON_APP_NOT_FOUND);
    assertThat(
            refusal(
                () ->
                    as("edge")
                        .getApp(GetAppRequest.newBuilder().setAppId(deletion.getAppId()).build())))
        .isEqualTo(ErrorReason.ERROR_REASON_APP_NOT_FOUND);
  }

  @Test
  void personSignsInAndOut() {
    Session session = signIn("ALICE", PASSWORD);
    assertThat(session.getAccountId()).isEqualTo(account.getId());
    assertThat(session.getUsername()).isEqualTo("alice");
    GetSessionRequest request =
        GetSessionRequest.newBuilder().setSessionToken(session.getSessionToken()).build();
    assertThat(as("edge").getSession(request)).isEqualTo(session);
    as("edge")
        .deleteSession(
            DeleteSessionRequest.newBuilder().setSessionToken(session.getSessionToken()).build());
    assertThat(refusal(() -> as("edge").getSession(request)))
        .isEqualTo(ErrorReason.ERROR_REASON_CREDENTIALS_INVALID);
  }

  @Test
  void wrongNameAndWrongPasswordReadTheSame() {
    accounts.create("no_password");
    for (String[] tried :
        new String[][] {
          {"alice", "correct horse"},
          {"alice", ""},
          {"alice", "x".repeat(10_000)},
          {"nobody_at_all", PASSWORD},
          {"no_password", PASSWORD},
          {"", ""}
        }) {
      assertThatThrownBy(() -> signIn(tried[0], tried[1]))
          .hasMessage("UNAUTHENTICATED: Authentication failed.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1234567"})
  void shortPasswordIsRefused(String password) {
    assertThat(
            refusal(
                () ->
                    as("operator")
                        .setPassword(
                            SetPasswordRequest.newBuilder()
                                .setAccountId(account.getId())
                                .setPassword(password)
                                .build())))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  void consentNeedsASessionAKnownScopeAndTheAppsOwnRedirect() {
    AuthorizeAppRequest good =
        AuthorizeAppRequest.newBuilder()
            .setSessionToken(signIn("alice", PASSWORD).getSessionToken())
            .setAppId(app.getApp().getId())
            .setRedirectUri(REDIRECT)
            .addScopes("pins:read")
            .build();
    assertThat(authorizing(good.toBuilder().setSessionToken("gone")))
        .isEqualTo(ErrorReason.ERROR_REASON_CREDENTIALS_INVALID);
    assertThat(authorizing(good.toBuilder().setAppId("17")))
        .isEqualTo(ErrorReason.ERROR_REASON_APP_NOT_FOUND);
    assertThat(authorizing(good.toBuilder().setRedirectUri(REDIRECT + "?x")))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(authorizing(good.toBuilder().addScopes("ads:read")))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(authorizing(good.toBuilder().clearScopes()))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(authorizing(good.toBuilder().setCodeChallenge("plain")))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  private ErrorReason authorizing(AuthorizeAppRequest.Builder request) {
    return refusal(() -> as("edge").authorizeApp(request.build()));
  }
}
