// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.corkboard.account.Accounts;
import dev.corkboard.account.TokenIssuer;
import dev.corkboard.account.v1.Account;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.oauth.v1.AuthorizeAppRequest;
import dev.corkboard.oauth.v1.CodeGrant;
import dev.corkboard.oauth.v1.CreateAppRequest;
import dev.corkboard.oauth.v1.CreateAppResponse;
import dev.corkboard.oauth.v1.CreateSessionRequest;
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
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An account with a password and an app, and the service in process. */
abstract class OAuthServiceFixture {
  static final String REDIRECT = "https://client.example/back";
  static final String PASSWORD = "correct horse battery";
  static final String VERIFIER = "v".repeat(43);

  final TestClock clock = new TestClock();
  final Accounts accounts = new Accounts();
  final TokenIssuer issuer = accounts.issuer(clock);
  final OAuthStores stores = new InMemoryOAuthStores();
  private final Passwords passwords = new Passwords(64);

  @RegisterExtension
  final GrpcExtension grpc = new GrpcExtension("account", tokens -> List.of(service(false)));

  Account account;
  CreateAppResponse app;

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

  OAuthServiceBlockingStub as(String service) {
    return OAuthServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(grpc.tokens().service(service, "account", ""));
  }

  CreateAppResponse create(UnaryOperator<App.Builder> edit) {
    App.Builder builder = App.newBuilder().setName("Client");
    return as("operator")
        .createApp(CreateAppRequest.newBuilder().setApp(edit.apply(builder)).build());
  }

  Session signIn(String username, String password) {
    return as("edge")
        .createSession(
            CreateSessionRequest.newBuilder().setUsername(username).setPassword(password).build());
  }

  String code(String challenge) {
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

  IssueTokenRequest.Builder request() {
    return IssueTokenRequest.newBuilder()
        .setClientId(app.getApp().getId())
        .setClientSecret(app.getClientSecret());
  }

  IssueTokenResponse redeem(String code, String verifier) {
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

  IssueTokenResponse refresh(String token, String... scopes) {
    return as("edge")
        .issueToken(
            request()
                .setRefresh(
                    RefreshGrant.newBuilder().setRefreshToken(token).addAllScopes(List.of(scopes)))
                .build());
  }

  void revoke(String token) {
    as("edge")
        .revokeToken(
            RevokeTokenRequest.newBuilder()
                .setClientId(app.getApp().getId())
                .setClientSecret(app.getClientSecret())
                .setToken(token)
                .build());
  }

  List<String> revoked() {
    return as("pin")
        .listRevocations(ListRevocationsRequest.getDefaultInstance())
        .getRevocationsList()
        .stream()
        .map(Revocation::getId)
        .toList();
  }

  static JWTClaimsSet claims(IssueTokenResponse tokens) {
    try {
      return SignedJWT.parse(tokens.getAccessToken()).getJWTClaimsSet();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  static ErrorReason refusal(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      return ApiException.from(e).reason();
    }
    throw new AssertionError("was not refused");
  }
}
