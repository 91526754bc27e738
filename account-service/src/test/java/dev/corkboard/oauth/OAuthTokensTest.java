// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.oauth.v1.ClientGrant;
import dev.corkboard.oauth.v1.CodeGrant;
import dev.corkboard.oauth.v1.CreateAppResponse;
import dev.corkboard.oauth.v1.IssueTokenRequest;
import dev.corkboard.oauth.v1.IssueTokenResponse;
import dev.corkboard.oauth.v1.ListRevocationsRequest;
import dev.corkboard.oauth.v1.RefreshGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OAuthTokensTest extends OAuthServiceFixture {
  @Test
  void codeBecomesTokensOfWhatWasGranted() {
    IssueTokenResponse tokens = redeem(code(""), "");
    assertThat(tokens.getScopesList()).containsExactly("boards:read", "pins:read");
    assertThat(tokens.getRefreshToken()).startsWith("pinr_");
    Instant now = clock.instant();
    assertThat(Timestamps.toMillis(tokens.getExpireTime()))
        .isEqualTo(now.plus(Duration.ofDays(30)).toEpochMilli());
    assertThat(Timestamps.toMillis(tokens.getRefreshExpireTime()))
        .isEqualTo(now.plus(Duration.ofDays(60)).toEpochMilli());
    JWTClaimsSet claims = claims(tokens);
    assertThat(claims.getSubject()).isEqualTo(account.getId());
    assertThat(claims.getClaim("scope")).isEqualTo("boards:read pins:read");
    assertThat(claims.getClaim("client_id")).isEqualTo(app.getApp().getId());
    assertThat(claims.getClaim("grant")).isNotNull();
  }

  @Test
  void codeIsRedeemedOnceAndItsSecondUseRevokesTheFirst() {
    String code = code("");
    IssueTokenResponse tokens = redeem(code, "");
    assertThat(refusal(() -> redeem(code, ""))).isEqualTo(ErrorReason.ERROR_REASON_GRANT_INVALID);
    assertThat(revoked()).containsExactly((String) claims(tokens).getClaim("grant"));
    assertThat(refusal(() -> refresh(tokens.getRefreshToken())))
        .isEqualTo(ErrorReason.ERROR_REASON_GRANT_INVALID);
  }

  @Test
  void codeIsGoodForTenMinutes() {
    String code = code("");
    clock.advanceSeconds(600);
    assertThat(refusal(() -> redeem(code, ""))).isEqualTo(ErrorReason.ERROR_REASON_GRANT_INVALID);
  }

  @Test
  void challengeNeedsItsVerifier() {
    String code = code(Secrets.challenge(VERIFIER));
    for (String wrong : List.of("", "w".repeat(43), Secrets.challenge(VERIFIER))) {
      assertThat(refusal(() -> redeem(code, wrong)))
          .isEqualTo(ErrorReason.ERROR_REASON_GRANT_INVALID);
    }
    assertThat(refusal(() -> redeem(code, "short")))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(redeem(code, VERIFIER).getAccessToken()).isNotEmpty();
    assertThat(refusal(() -> redeem(code(""), VERIFIER)))
        .isEqualTo(ErrorReason.ERROR_REASON_GRANT_INVALID);
  }

  @Test
  void challengeIsTheOneOfTheStandard() {
    assertThat(Secrets.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  }

  @Test
  void codeOfAnotherAppOrRedirectIsRefused() {
    String code = code("");
    CreateAppResponse other = create(b -> b.addRedirectUris(REDIRECT));
    CodeGrant grant = CodeGrant.newBuilder().setCode(code).setRedirectUri(REDIRECT).build();
    assertThat(
            refusal(
                () ->
                    as("edge")
                        .issueToken(
                            IssueTokenRequest.newBuilder()
                                .setClientId(other.getApp().getId())
                                .setClientSecret(other.getClientSecret())
                                .setCode(grant)
                                .build())))
        .isEqualTo(ErrorReason.ERROR_REASON_GRANT_INVALID);
    assertThat(
            refusal(
                () ->
                    as("edge")
                        .issueToken(
                            request()
                                .setCode(grant.toBuilder().setRedirectUri(REDIRECT + "/"))
                                .build())))
        .isEqualTo(ErrorReason.ERROR_REASON_GRANT_INVALID);
    assertThat(refusal(() -> redeem("unknown", "")))
        .isEqualTo(ErrorReason.ERROR_REASON_GRANT_INVALID);
    assertThat(redeem(code, "").getAccessToken()).isNotEmpty();
  }

  @Test
  void refreshTokenStaysGoodAfterARefresh() {
    String first = redeem(code(""), "").getRefreshToken();
    IssueTokenResponse second = refresh(first);
    assertThat(second.getRefreshToken()).isNotEqualTo(first);
    assertThat(refresh(first).getAccessToken()).isNotEmpty();
    assertThat(refresh(second.getRefreshToken()).getScopesList())
        .containsExactly("boards:read", "pins:read");
    clock.advanceSeconds(60 * 86_400);
    assertThat(refusal(() -> refresh(first))).isEqualTo(ErrorReason.ERROR_REASON_GRANT_INVALID);
  }

  @Test
  void reuseIsTheftWhereRefreshTokensAreUsedOnce() {
    String token = redeem(code(""), "").getRefreshToken();
    TokenGrants strict =
        new TokenGrants(stores.grants(), stores.revocations(), issuer, true, clock);
    RefreshGrant grant = RefreshGrant.newBuilder().setRefreshToken(token).build();
    IssueTokenResponse next = strict.refresh(app.getApp(), grant).toCompletableFuture().join();
    assertThat(refusal(() -> strict.refresh(app.getApp(), grant).toCompletableFuture().join()))
        .isEqualTo(ErrorReason.ERROR_REASON_GRANT_INVALID);
    assertThat(refusal(() -> refresh(next.getRefreshToken())))
        .isEqualTo(ErrorReason.ERROR_REASON_GRANT_INVALID);
    assertThat(revoked()).containsExactly((String) claims(next).getClaim("grant"));
  }

  @Test
  void refreshMayNarrowScopesButNotWidenThem() {
    String token = redeem(code(""), "").getRefreshToken();
    assertThat(refresh(token, "pins:read").getScopesList()).containsExactly("pins:read");
    assertThat(refusal(() -> refresh(token, "pins:write")))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(refresh(token).getScopesList()).hasSize(2);
  }

  @Test
  void appActsForItsOwner() {
    ClientGrant.Builder grant = ClientGrant.newBuilder().addScopes("boards:read");
    IssueTokenResponse tokens = as("edge").issueToken(request().setClient(grant).build());
    assertThat(tokens.getRefreshToken()).isEmpty();
    assertThat(claims(tokens).getSubject()).isEqualTo(account.getId());
    assertThat(claims(tokens).getClaim("app_only")).isEqualTo(true);
    CreateAppResponse ownerless = create(b -> b);
    assertThat(
            refusal(
                () ->
                    as("edge")
                        .issueToken(
                            IssueTokenRequest.newBuilder()
                                .setClientId(ownerless.getApp().getId())
                                .setClientSecret(ownerless.getClientSecret())
                                .setClient(grant)
                                .build())))
        .isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
  }

  @Test
  void wrongSecretGetsNothing() {
    IssueTokenRequest.Builder wrong = request().setClientSecret("wrong");
    assertThat(refusal(() -> as("edge").issueToken(wrong.build())))
        .isEqualTo(ErrorReason.ERROR_REASON_CREDENTIALS_INVALID);
    assertThat(refusal(() -> as("edge").issueToken(request().setClientId("x").build())))
        .isEqualTo(ErrorReason.ERROR_REASON_CREDENTIALS_INVALID);
    assertThat(refusal(() -> as("edge").issueToken(request().build())))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
  }

  @Test
  void revokedAccessTokenIsPublishedByItsId() {
    IssueTokenResponse tokens = redeem(code(""), "");
    revoke(tokens.getAccessToken());
    assertThat(revoked()).containsExactly(claims(tokens).getJWTID());
    assertThat(refresh(tokens.getRefreshToken()).getAccessToken()).isNotEmpty();
  }

  @Test
  void revokedRefreshTokenTakesTheWholeGrantWithIt() {
    IssueTokenResponse tokens = redeem(code(""), "");
    revoke(tokens.getRefreshToken());
    assertThat(revoked()).containsExactly((String) claims(tokens).getClaim("grant"));
    assertThat(refusal(() -> refresh(tokens.getRefreshToken())))
        .isEqualTo(ErrorReason.ERROR_REASON_GRANT_INVALID);
  }

  @Test
  void whatIsNoTokenOfTheAppIsLeftAlone() {
    IssueTokenResponse tokens = redeem(code(""), "");
    app = create(b -> b);
    for (String token :
        List.of("", "nonsense", "a.b.c", tokens.getAccessToken(), tokens.getRefreshToken())) {
      revoke(token);
    }
    assertThat(revoked()).isEmpty();
  }

  @Test
  void revocationsAreReadOnWithOverlap() {
    revoke(redeem(code(""), "").getAccessToken());
    ListRevocationsRequest.Builder request = ListRevocationsRequest.newBuilder();
    String cursor = as("board").listRevocations(request.build()).getNextCursor();
    clock.advanceSeconds(RevocationLog.OVERLAP.toSeconds() - 1);
    request.setCursor(cursor);
    assertThat(as("board").listRevocations(request.build()).getRevocationsCount()).isEqualTo(1);
    clock.advanceSeconds(2);
    request.setCursor(as("board").listRevocations(request.build()).getNextCursor());
    assertThat(as("board").listRevocations(request.build()).getRevocationsCount()).isZero();
    for (String bad : List.of("-1", "x", "9".repeat(16))) {
      assertThat(refusal(() -> as("board").listRevocations(request.setCursor(bad).build())))
          .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    }
  }
}
