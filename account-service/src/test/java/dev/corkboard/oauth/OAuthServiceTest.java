// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Timestamps;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.corkboard.account.Accounts;
import dev.corkboard.account.TokenIssuer;
import dev.corkboard.account.v1.Account;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.oauth.v1.AuthorizeAppRequest;
import dev.corkboard.oauth.v1.ClientGrant;
import dev.corkboard.oauth.v1.CodeGrant;
import dev.corkboard.oauth.v1.CreateAppRequest;
import dev.corkboard.oauth.v1.CreateAppResponse;
import dev.corkboard.oauth.v1.CreateSessionRequest;
import dev.corkboard.oauth.v1.DeleteAppRequest;
import dev.corkboard.oauth.v1.DeleteSessionRequest;
import dev.corkboard.oauth.v1.GetAppRequest;
import dev.corkboard.oauth.v1.GetSessionRequest;
import dev.corkboard.oauth.v1.IssueTokenRequest;
import dev.corkboard.oauth.v1.IssueTokenResponse;
import dev.corkboard.oauth.v1.ListRevocationsRequest;
import dev.corkboard.oauth.v1.OAuthServiceGrpc;
import dev.corkboard.oauth.v1.OAuthServiceGrpc.OAuthServiceBlockingStub;
import dev.corkboard.oauth.v1.RefreshGrant;
import dev.corkboard.oauth.v1.Revocation;
import dev.corkboard.oauth.v1.RevokeTokenRequest;
import dev.corkboard.oauth.v1.Session;
import dev.corkboard.oauth.v1.SetPasswordRequest;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.id.Lease;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestClock;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthServiceTest {
  private static final String REDIRECT = "https://client.example/back";
  private static final String PASSWORD = "correct horse battery";
  private static final String VERIFIER = "v".repeat(43);

  private final TestClock clock = new TestClock();
  private final Accounts accounts = new Accounts();
  private final TokenIssuer issuer = accounts.issuer(clock);
  private final OAuthStores stores = new InMemoryOAuthStores();
  private final Passwords passwords = new Passwords(64);

  @RegisterExtension
  final GrpcExtension grpc = new GrpcExtension("account", tokens -> List.of(service(false)));

  private Account account;
  private CreateAppResponse app;

  private OAuthService service(boolean once) {
    return new OAuthService(
        accounts.store(),
        stores.apps(),
        new SignIn(accounts.store(), stores.signIns(), passwords),
        new TokenGrants(stores.grants(), stores.revocations(), issuer, once, clock),
        new RevocationLog(stores.revocations(), clock),
        new IdGenerator(() -> new Lease.Term(1, 0, Long.MAX_VALUE), clock),
        clock);
  }

  @BeforeEach
  void signUp() {
    account = accounts.create("alice");
    app = create(b -> b.addRedirectUris(REDIRECT).setOwnerId(account.getId()));
    as("operator")
        .setPassword(
            SetPasswordRequest.newBuilder()
                .setAccountId(account.getId())
                .setPassword(PASSWORD)
                .build());
  }

  @AfterEach
  void close() {
    passwords.close();
  }

  private OAuthServiceBlockingStub as(String service) {
    return OAuthServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(grpc.tokens().service(service, "account", ""));
  }

  private CreateAppResponse create(UnaryOperator<App.Builder> edit) {
    App.Builder builder = App.newBuilder().setName("Client");
    return as("operator")
        .createApp(CreateAppRequest.newBuilder().setApp(edit.apply(builder)).build());
  }

  private Session signIn(String username, String password) {
    return as("edge")
        .createSession(
            CreateSessionRequest.newBuilder().setUsername(username).setPassword(password).build());
  }

  private String code(String challenge) {
    return as("edge")
        .authorizeApp(
            AuthorizeAppRequest.newBuilder()
                .setSessionToken(signIn("alice", PASSWORD).getSessionToken())
                .setAppId(app.getApp().getId())
                .setRedirectUri(REDIRECT)
                .addScopes("pins:read")
                .addScopes("boards:read")
                .setCodeChallenge(challenge)
                .build())
        .getCode();
  }

  private IssueTokenRequest.Builder request() {
    return IssueTokenRequest.newBuilder()
        .setClientId(app.getApp().getId())
        .setClientSecret(app.getClientSecret());
  }

  private IssueTokenResponse redeem(String code, String verifier) {
    return as("edge")
        .issueToken(
            request()
                .setCode(
                    CodeGrant.newBuilder()
                        .setCode(code)
                        .setRedirectUri(REDIRECT)
                        .setCodeVerifier(verifier))
                .build());
  }

  private IssueTokenResponse refresh(String token, String... scopes) {
    return as("edge")
        .issueToken(
            request()
                .setRefresh(
                    RefreshGrant.newBuilder().setRefreshToken(token).addAllScopes(List.of(scopes)))
                .build());
  }

  private void revoke(String token) {
    as("edge")
        .revokeToken(
            RevokeTokenRequest.newBuilder()
                .setClientId(app.getApp().getId())
                .setClientSecret(app.getClientSecret())
                .setToken(token)
                .build());
  }

  private List<String> revoked() {
    return as("pin")
        .listRevocations(ListRevocationsRequest.getDefaultInstance())
        .getRevocationsList()
        .stream()
        .map(Revocation::getId)
        .toList();
  }

  private static JWTClaimsSet claims(IssueTokenResponse tokens) {
    try {
      return SignedJWT.parse(tokens.getAccessToken()).getJWTClaimsSet();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static ErrorReason refusal(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      return ApiException.from(e).reason();
    }
    throw new AssertionError("was not refused");
  }

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
