// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.account.v1.Account;
import dev.corkboard.account.v1.AccountServiceGrpc;
import dev.corkboard.account.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import dev.corkboard.account.v1.CreateAccountRequest;
import dev.corkboard.account.v1.IssueAccessTokenRequest;
import dev.corkboard.account.v1.LookupAccountRequest;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.oauth.v1.CreateAppRequest;
import dev.corkboard.oauth.v1.CreateAppResponse;
import dev.corkboard.oauth.v1.GetAppRequest;
import dev.corkboard.oauth.v1.OAuthServiceGrpc;
import dev.corkboard.oauth.v1.OAuthServiceGrpc.OAuthServiceBlockingStub;
import dev.corkboard.oauth.v1.SetPasswordRequest;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.client.Channels;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.config.TlsConfig;
import dev.corkboard.platform.server.Resources;
import dev.corkboard.platform.tls.Peer;
import dev.corkboard.platform.tls.TlsIdentity;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Makes accounts and tokens for them, in the name of whoever runs the installation. */
public final class Operator implements AutoCloseable {
  /** The name of the operator's key among the services'. */
  public static final String NAME = "operator";

  /** All that an account may be allowed. */
  public static final List<String> ALL_SCOPES =
      List.of(
          "boards:read",
          "boards:read_secret",
          "boards:write",
          "boards:write_secret",
          "collages:read",
          "collages:write",
          "pins:read",
          "pins:read_secret",
          "pins:write",
          "pins:write_secret",
          "user_accounts:read",
          "user_accounts:write");

  private final Resources open;
  private final ManagedChannel channel;
  private final ServiceTokens tokens;

  private Operator(Resources open, ManagedChannel channel, ServiceTokens tokens) {
    this.open = open;
    this.channel = channel;
    this.tokens = tokens;
  }

  /**
   * Connects to account-service.
   *
   * @param keys the folder of the service keys
   * @param tls what to show account-service, where connections are not plain
   */
  public static Operator open(String accountTarget, Path keys, Optional<TlsConfig> tls) {
    ServiceIdentity self =
        ServiceIdentity.load(ServiceIdentity.keyFile(keys, NAME), ServiceIdentity.jwksFile(keys));
    MeterRegistry metrics = new SimpleMeterRegistry();
    Resources open = new Resources();
    Peer account =
        tls.map(files -> open.add(TlsIdentity.open(files, NAME, metrics)))
            .map(own -> own.peer(Service.ACCOUNT.id()))
            .orElse(Peer.PLAINTEXT);
    ManagedChannel channel =
        Channels.open(
            accountTarget,
            account,
            metrics,
            List.of(
                AccountServiceGrpc.getServiceDescriptor(),
                OAuthServiceGrpc.getServiceDescriptor()));
    open.<AutoCloseable>add(channel::shutdownNow);
    return new Operator(open, channel, new ServiceTokens(self, Clock.systemUTC()));
  }

  /** The account of that name, made when there is none. */
  public Account account(String username) {
    try {
      return accounts()
          .lookupAccount(LookupAccountRequest.newBuilder().setUsername(username).build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
        throw e;
      }
      return accounts()
          .createAccount(
              CreateAccountRequest.newBuilder()
                  .setAccount(Account.newBuilder().setUsername(username))
                  .build());
    }
  }

  /** An access token for the account that lives as long as tokens may. */
  public Token token(Account account, Collection<String> scopes) {
    var issued =
        accounts()
            .issueAccessToken(
                IssueAccessTokenRequest.newBuilder()
                    .setAccountId(account.getId())
                    .addAllScopes(scopes)
                    .build());
    return new Token(issued.getAccessToken(), Timestamps.toString(issued.getExpireTime()));
  }

  /**
   * An access token.
   *
   * @param expires when it stops working, RFC 3339
   */
  public record Token(String text, String expires) {}

  /** Whether there is an app of that client id. */
  boolean hasApp(String clientId) {
    try {
      return !oauth()
          .getApp(GetAppRequest.newBuilder().setAppId(clientId).build())
          .getId()
          .isEmpty();
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.NOT_FOUND) throw e;
      return false;
    }
  }

  /** Registers an app that may also act for its owner. */
  CreateAppResponse createApp(String name, String redirectUri, Account owner) {
    App app =
        App.newBuilder()
            .setName(name)
            .addRedirectUris(redirectUri)
            .setOwnerId(owner.getId())
            .build();
    return oauth().createApp(CreateAppRequest.newBuilder().setApp(app).build());
  }

  void setPassword(Account account, String password) {
    var unused =
        oauth()
            .setPassword(
                SetPasswordRequest.newBuilder()
                    .setAccountId(account.getId())
                    .setPassword(password)
                    .build());
  }

  private OAuthServiceBlockingStub oauth() {
    return OAuthServiceGrpc.newBlockingStub(channel)
        .withCallCredentials(tokens.credentials(Service.ACCOUNT.id()));
  }

  private AccountServiceBlockingStub accounts() {
    return AccountServiceGrpc.newBlockingStub(channel)
        .withCallCredentials(tokens.credentials(Service.ACCOUNT.id()));
  }

  @Override
  public void close() {
    open.close();
  }
}
