// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.oauth;

import com.google.protobuf.Empty;
import dev.corkboard.account.AccountStore;
import dev.corkboard.account.v1.Account;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.oauth.AppStore.StoredApp;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.oauth.v1.AuthorizeAppRequest;
import dev.corkboard.oauth.v1.AuthorizeAppResponse;
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
import dev.corkboard.oauth.v1.ListRevocationsResponse;
import dev.corkboard.oauth.v1.OAuthServiceGrpc.OAuthServiceImplBase;
import dev.corkboard.oauth.v1.RevokeTokenRequest;
import dev.corkboard.oauth.v1.Session;
import dev.corkboard.oauth.v1.SetPasswordRequest;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The authorization server over gRPC. */
final class OAuthService extends OAuthServiceImplBase {
  private final AccountStore accounts;
  private final AppStore apps;
  private final SignIn signIn;
  private final TokenGrants grants;
  private final RevocationLog revocations;
  private final Clients clients;
  private final IdGenerator ids;
  private final Clock clock;

  OAuthService(
      AccountStore accounts,
      AppStore apps,
      SignIn signIn,
      TokenGrants grants,
      RevocationLog revocations,
      IdGenerator ids,
      Clock clock) {
    this.accounts = accounts;
    this.apps = apps;
    this.signIn = signIn;
    this.grants = grants;
    this.revocations = revocations;
    this.clients = new Clients(apps);
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void createApp(CreateAppRequest request, StreamObserver<CreateAppResponse> observer) {
    Unary.reply(
        observer,
        () -> {
          App app = OAuthRequests.create(request, ids.next(), clock.instant());
          String secret = Secrets.fresh("");
          return requireOwner(app)
              .thenCompose(ok -> apps.create(new StoredApp(app, Secrets.hash(secret))))
              .thenApply(
                  created ->
                      CreateAppResponse.newBuilder().setApp(app).setClientSecret(secret).build());
        });
  }

  private CompletionStage<?> requireOwner(App app) {
    return app.getOwnerId().isEmpty()
        ? CompletableFuture.completedStage(null)
        : account(app.getOwnerId());
  }

  private CompletionStage<Account> account(String id) {
    return accounts
        .get(id)
        .thenApply(
            found ->
                orNotFound(found, ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, "account_id", id));
  }

  private static <T> T orNotFound(Optional<T> found, ErrorReason reason, String key, String value) {
    return found.orElseThrow(() -> ApiException.notFound(reason, key, value));
  }

  private CompletionStage<App> app(String id) {
    return apps.get(id)
        .thenApply(
            found ->
                orNotFound(
                    found.map(StoredApp::app),
                    ErrorReason.ERROR_REASON_APP_NOT_FOUND,
                    "app_id",
                    id));
  }

  @Override
  public void getApp(GetAppRequest request, StreamObserver<App> observer) {
    Unary.reply(
        observer,
        () -> {
          new Violations().id("app_id", request.getAppId()).throwIfAny();
          return app(request.getAppId());
        });
  }

  @Override
  public void deleteApp(DeleteAppRequest request, StreamObserver<Empty> observer) {
    Unary.reply(
        observer,
        () -> {
          String id = request.getAppId();
          new Violations().id("app_id", id).throwIfAny();
          return apps.delete(id)
              .thenApply(
                  there ->
                      orNotFound(
                          there ? Optional.of(Empty.getDefaultInstance()) : Optional.empty(),
                          ErrorReason.ERROR_REASON_APP_NOT_FOUND,
                          "app_id",
                          id));
        });
  }

  @Override
  public void setPassword(SetPasswordRequest request, StreamObserver<Empty> observer) {
    Unary.reply(
        observer,
        () -> {
          OAuthRequests.check(request);
          return account(request.getAccountId())
              .thenCompose(account -> signIn.setPassword(account, request.getPassword()))
              .thenApply(set -> Empty.getDefaultInstance());
        });
  }

  @Override
  public void createSession(CreateSessionRequest request, StreamObserver<Session> observer) {
    Unary.reply(observer, () -> signIn.open(request.getUsername(), request.getPassword()));
  }

  @Override
  public void getSession(GetSessionRequest request, StreamObserver<Session> observer) {
    Unary.reply(observer, () -> signIn.get(request.getSessionToken()));
  }

  @Override
  public void deleteSession(DeleteSessionRequest request, StreamObserver<Empty> observer) {
    Unary.reply(
        observer,
        () ->
            signIn
                .close(request.getSessionToken())
                .thenApply(closed -> Empty.getDefaultInstance()));
  }

  @Override
  public void authorizeApp(
      AuthorizeAppRequest request, StreamObserver<AuthorizeAppResponse> observer) {
    Unary.reply(
        observer,
        () -> {
          OAuthRequests.check(request);
          return signIn
              .get(request.getSessionToken())
              .thenCombine(
                  app(request.getAppId()),
                  (session, app) -> authorize(request, session.getAccountId(), app))
              .thenCompose(code -> code)
              .thenApply(code -> AuthorizeAppResponse.newBuilder().setCode(code).build());
        });
  }

  private CompletionStage<String> authorize(
      AuthorizeAppRequest request, String accountId, App app) {
    if (!app.getRedirectUrisList().contains(request.getRedirectUri())) {
      throw ApiException.invalid("redirect_uri", "redirect_uri: is not one of the app's");
    }
    return grants.authorize(
        app.getId(),
        accountId,
        Set.copyOf(request.getScopesList()),
        request.getRedirectUri(),
        request.getCodeChallenge());
  }

  @Override
  public void issueToken(IssueTokenRequest request, StreamObserver<IssueTokenResponse> observer) {
    Unary.reply(
        observer,
        () ->
            clients
                .authenticate(request.getClientId(), request.getClientSecret())
                .thenCompose(app -> issue(app, request)));
  }

  private CompletionStage<IssueTokenResponse> issue(App app, IssueTokenRequest request) {
    OAuthRequests.check(request);
    return switch (request.getGrantCase()) {
      case CODE -> grants.redeem(app, request.getCode());
      case REFRESH -> grants.refresh(app, request.getRefresh());
      case CLIENT -> CompletableFuture.completedStage(grants.issueToApp(app, request.getClient()));
      case GRANT_NOT_SET -> throw new IllegalStateException("checked before");
    };
  }

  @Override
  public void revokeToken(RevokeTokenRequest request, StreamObserver<Empty> observer) {
    Unary.reply(
        observer,
        () ->
            clients
                .authenticate(request.getClientId(), request.getClientSecret())
                .thenCompose(app -> grants.revoke(app, request.getToken()))
                .thenApply(revoked -> Empty.getDefaultInstance()));
  }

  @Override
  public void listRevocations(
      ListRevocationsRequest request, StreamObserver<ListRevocationsResponse> observer) {
    Unary.reply(observer, () -> revocations.list(request));
  }
}
