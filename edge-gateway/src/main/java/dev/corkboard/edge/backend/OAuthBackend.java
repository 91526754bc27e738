// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.backend;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Empty;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.oauth.v1.AuthorizeAppRequest;
import dev.corkboard.oauth.v1.AuthorizeAppResponse;
import dev.corkboard.oauth.v1.CreateSessionRequest;
import dev.corkboard.oauth.v1.DeleteSessionRequest;
import dev.corkboard.oauth.v1.GetAppRequest;
import dev.corkboard.oauth.v1.GetSessionRequest;
import dev.corkboard.oauth.v1.IssueTokenRequest;
import dev.corkboard.oauth.v1.IssueTokenResponse;
import dev.corkboard.oauth.v1.OAuthServiceGrpc;
import dev.corkboard.oauth.v1.OAuthServiceGrpc.OAuthServiceFutureStub;
import dev.corkboard.oauth.v1.RevokeTokenRequest;
import dev.corkboard.oauth.v1.Session;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.client.ServiceTokens;
import io.grpc.Channel;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The authorization server, asked in the edge's own name. */
public final class OAuthBackend {
  private static final int DEADLINE_SECONDS = 10;

  private final OAuthServiceFutureStub stub;

  public OAuthBackend(Channel account, ServiceTokens tokens) {
    stub =
        OAuthServiceGrpc.newFutureStub(account).withCallCredentials(tokens.credentials("account"));
  }

  private <T> CompletionStage<T> call(
      Function<OAuthServiceFutureStub, ListenableFuture<T>> method) {
    return Futures.toStage(
        method.apply(stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)));
  }

  public CompletionStage<App> app(String id) {
    return call(oauth -> oauth.getApp(GetAppRequest.newBuilder().setAppId(id).build()));
  }

  public CompletionStage<Session> signIn(String username, String password) {
    CreateSessionRequest request =
        CreateSessionRequest.newBuilder().setUsername(username).setPassword(password).build();
    return call(oauth -> oauth.createSession(request));
  }

  public CompletionStage<Session> session(String token) {
    GetSessionRequest request = GetSessionRequest.newBuilder().setSessionToken(token).build();
    return call(oauth -> oauth.getSession(request));
  }

  public CompletionStage<Empty> signOut(String token) {
    DeleteSessionRequest request = DeleteSessionRequest.newBuilder().setSessionToken(token).build();
    return call(oauth -> oauth.deleteSession(request));
  }

  public CompletionStage<AuthorizeAppResponse> authorize(AuthorizeAppRequest request) {
    return call(oauth -> oauth.authorizeApp(request));
  }

  public CompletionStage<IssueTokenResponse> issueToken(IssueTokenRequest request) {
    return call(oauth -> oauth.issueToken(request));
  }

  public CompletionStage<Empty> revokeToken(RevokeTokenRequest request) {
    return call(oauth -> oauth.revokeToken(request));
  }
}
