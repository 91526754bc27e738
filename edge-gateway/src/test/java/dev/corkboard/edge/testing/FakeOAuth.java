// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.protobuf.Empty;
import com.google.protobuf.util.Timestamps;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.oauth.v1.AuthorizeAppRequest;
import dev.corkboard.oauth.v1.AuthorizeAppResponse;
import dev.corkboard.oauth.v1.CreateSessionRequest;
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
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Unary;
import dev.corkboard.platform.testing.TestRevocations;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * An authorization server with one app, {@code 9} with the secret {@code s:cret}, and one person,
 * {@code alice} with the password {@code pass word}.
 */
public final class FakeOAuth extends OAuthServiceImplBase {
  public static final String APP = "9";
  public static final String SECRET = "s:cret";
  public static final String REDIRECT = "https://client.example/back?x=1";
  public static final String APP_NAME = "Tom & Jerry <b>";

  private final TestRevocations revocations = new TestRevocations();
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();
  private final List<AuthorizeAppRequest> grants = new CopyOnWriteArrayList<>();
  private final List<IssueTokenRequest> issued = new CopyOnWriteArrayList<>();
  private final List<String> revoked = new CopyOnWriteArrayList<>();

  public TestRevocations revocations() {
    return revocations;
  }

  public Set<String> sessions() {
    return sessions;
  }

  public List<AuthorizeAppRequest> grants() {
    return grants;
  }

  public List<IssueTokenRequest> issued() {
    return issued;
  }

  public List<String> revoked() {
    return revoked;
  }

  private static <T> void answer(StreamObserver<T> observer, Supplier<T> handler) {
    Unary.reply(observer, () -> CompletableFuture.completedStage(handler.get()));
  }

  private static void authenticate(String id, String secret) {
    if (!id.equals(APP) || !secret.equals(SECRET)) throw ApiException.invalidCredentials();
  }

  @Override
  public void getApp(GetAppRequest request, StreamObserver<App> observer) {
    answer(
        observer,
        () -> {
          if (!request.getAppId().equals(APP)) {
            throw ApiException.notFound(
                ErrorReason.ERROR_REASON_APP_NOT_FOUND, "app_id", request.getAppId());
          }
          return App.newBuilder().setId(APP).setName(APP_NAME).addRedirectUris(REDIRECT).build();
        });
  }

  @Override
  public void createSession(CreateSessionRequest request, StreamObserver<Session> observer) {
    answer(
        observer,
        () -> {
          if (!request.getUsername().equals("alice")
              || !request.getPassword().equals("pass word")) {
            throw ApiException.invalidCredentials();
          }
          String token = "session-" + sessions.size();
          sessions.add(token);
          return session(token);
        });
  }

  private static Session session(String token) {
    return Session.newBuilder()
        .setSessionToken(token)
        .setAccountId("7")
        .setUsername("alice")
        .build();
  }

  @Override
  public void getSession(GetSessionRequest request, StreamObserver<Session> observer) {
    answer(
        observer,
        () -> {
          if (!sessions.contains(request.getSessionToken())) {
            throw ApiException.invalidCredentials();
          }
          return session(request.getSessionToken());
        });
  }

  @Override
  public void deleteSession(DeleteSessionRequest request, StreamObserver<Empty> observer) {
    answer(
        observer,
        () -> {
          sessions.remove(request.getSessionToken());
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void authorizeApp(
      AuthorizeAppRequest request, StreamObserver<AuthorizeAppResponse> observer) {
    answer(
        observer,
        () -> {
          grants.add(request);
          return AuthorizeAppResponse.newBuilder().setCode("the-code").build();
        });
  }

  @Override
  public void issueToken(IssueTokenRequest request, StreamObserver<IssueTokenResponse> observer) {
    answer(
        observer,
        () -> {
          authenticate(request.getClientId(), request.getClientSecret());
          issued.add(request);
          Instant now = Instant.now();
          IssueTokenResponse.Builder tokens =
              IssueTokenResponse.newBuilder()
                  .setAccessToken("access")
                  .setExpireTime(at(now.plus(Duration.ofDays(30))))
                  .addScopes("boards:read")
                  .addScopes("pins:read");
          if (!request.hasClient()) {
            tokens
                .setRefreshToken("pinr_refresh")
                .setRefreshExpireTime(at(now.plus(Duration.ofDays(60))));
          }
          return tokens.build();
        });
  }

  private static com.google.protobuf.Timestamp at(Instant instant) {
    return Timestamps.fromMillis(instant.toEpochMilli());
  }

  @Override
  public void revokeToken(RevokeTokenRequest request, StreamObserver<Empty> observer) {
    answer(
        observer,
        () -> {
          authenticate(request.getClientId(), request.getClientSecret());
          revoked.add(request.getToken());
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void listRevocations(
      ListRevocationsRequest request, StreamObserver<ListRevocationsResponse> observer) {
    revocations.listRevocations(request, observer);
  }
}
