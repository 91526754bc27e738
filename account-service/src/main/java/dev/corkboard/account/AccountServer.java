// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import dev.corkboard.account.v1.Account;
import dev.corkboard.follow.CassandraFollowStore;
import dev.corkboard.follow.FollowService;
import dev.corkboard.oauth.AuthorizationServer;
import dev.corkboard.oidc.ExternalIssuer;
import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.auth.RevocationFeed;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.cassandra.NodeLease;
import dev.corkboard.platform.config.Env;
import dev.corkboard.platform.config.ServiceConfig;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.metrics.Metrics;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.redis.CacheOptions;
import dev.corkboard.platform.redis.RedisCache;
import dev.corkboard.platform.redis.RedisConnection;
import dev.corkboard.platform.redis.RedisOptions;
import dev.corkboard.platform.schedule.Periodic;
import dev.corkboard.platform.server.AdminServer;
import dev.corkboard.platform.server.GrpcServer;
import dev.corkboard.platform.server.Resources;
import io.grpc.BindableService;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** account-service as a process. */
public final class AccountServer implements AutoCloseable {
  /**
   * Bounds how long others show an old profile when its writer cannot reach Redis, or died before
   * another process finished its change of username.
   */
  private static final CacheOptions CACHE =
      CacheOptions.of("account", 2, Duration.ofSeconds(30))
          .withOutcomeUnknown(ApiException::isOutcomeUnknown);

  private static final Duration SWEEP_PERIOD = Duration.ofSeconds(5);
  private static final Duration KEYS_PERIOD = Duration.ofSeconds(5);

  /** Of a sweep; what is left the next one does. */
  private static final Duration SWEEP_LIMIT = Duration.ofMinutes(10);

  private final Resources resources;
  private final GrpcServer server;
  private final int adminPort;

  private AccountServer(Resources resources, GrpcServer server, int adminPort) {
    this.resources = resources;
    this.server = server;
    this.adminPort = adminPort;
  }

  public static void main(String[] args) {
    AccountServer server = start(AccountConfig.fromEnv(Env.system()));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-account"));
  }

  /** Starts it; returns when it serves. */
  public static AccountServer start(AccountConfig config) {
    Resources resources = new Resources();
    try {
      return start(config, resources);
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  private static AccountServer start(AccountConfig config, Resources resources) {
    ServiceConfig service = config.service();
    Clock clock = Clock.systemUTC();
    PrometheusMeterRegistry metrics = Metrics.prometheus(service.name());
    ServiceIdentity self = ServiceIdentity.load(service.keyFile(), service.jwksFile());
    Cql cql =
        new Cql(
            resources.add(Cassandra.open(config.cassandra(), NodeLease.SCHEMA, "/account.cql")),
            metrics);
    RedisConnection redis =
        resources.add(RedisConnection.open(RedisOptions.of(service.redisUri()), metrics));
    IdGenerator ids = new IdGenerator(resources.add(NodeLease.acquire(cql, clock)), clock);
    TokenIssuer issuer =
        TokenIssuer.open(
                new CassandraSigningKeyStore(cql, service.tokenIssuer()),
                service.tokenIssuer(),
                clock)
            .toCompletableFuture()
            .join();
    resources.add(Periodic.start("signing-keys", KEYS_PERIOD, SWEEP_LIMIT, issuer::refresh));
    AccountStore accounts =
        new CachedAccountStore(
            new CassandraAccountStore(cql), RedisCache.of(redis, CACHE, Account.parser(), metrics));
    CassandraFollowStore follows = new CassandraFollowStore(cql, clock);
    resources.add(Periodic.start("follow-sweeper", SWEEP_PERIOD, SWEEP_LIMIT, follows::sweep));
    AuthorizationServer authorization =
        resources.add(
            new AuthorizationServer(cql, accounts, issuer, config.refreshOnce(), ids, clock));
    BindableService exchange =
        config
            .oidc()
            .map(
                oidc ->
                    ExternalIssuer.exchange(
                        oidc, cql, new SignUp(accounts, clock), issuer, ids, clock, resources))
            .orElseGet(ExternalIssuer::none);
    AdminServer admin =
        resources.add(AdminServer.start(service.host(), service.adminPort(), metrics));
    GrpcServer server =
        resources.add(
            GrpcServer.start(
                new GrpcServer.Options(
                    service.name(),
                    service.host(),
                    service.grpcPort(),
                    service.reflection(),
                    List.of(
                        new AccountService(accounts, issuer, ids, clock),
                        new SigningKeyService(issuer),
                        new FollowService(
                            follows,
                            accounts,
                            new PageTokens(self.secretFor("page-tokens"), clock)),
                        authorization.service(),
                        exchange),
                    new AuthInterceptor(
                        new TokenVerifier(
                            service.tokenIssuer(),
                            issuer,
                            resources.add(
                                new RevocationFeed(authorization::revocations, clock, metrics)),
                            self,
                            clock)),
                    metrics)));
    return new AccountServer(resources, server, admin.port());
  }

  public int port() {
    return server.port();
  }

  public int adminPort() {
    return adminPort;
  }

  @Override
  public void close() {
    resources.close();
  }
}
