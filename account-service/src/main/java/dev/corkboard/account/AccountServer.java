// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import dev.corkboard.account.v1.Account;
import dev.corkboard.follow.CassandraFollowStore;
import dev.corkboard.follow.FollowService;
import dev.corkboard.oauth.AuthorizationServer;
import dev.corkboard.oidc.ExternalIssuer;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.cassandra.NodeLease;
import dev.corkboard.platform.config.ServiceConfig;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.redis.CacheOptions;
import dev.corkboard.platform.redis.RedisCache;
import dev.corkboard.platform.redis.RedisConnection;
import dev.corkboard.platform.redis.RedisOptions;
import dev.corkboard.platform.server.RunningProcess;
import dev.corkboard.platform.server.Startup;
import io.grpc.BindableService;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** account-service as a process. */
public final class AccountServer {
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

  private AccountServer() {}

  /** Starts it; returns when it serves. */
  public static RunningProcess start(AccountConfig config) {
    return RunningProcess.start(config.service(), process -> wire(config, process));
  }

  private static RunningProcess.Served wire(AccountConfig config, Startup process) {
    ServiceConfig service = config.service();
    Clock clock = process.clock();
    PrometheusMeterRegistry metrics = process.metrics();
    Cql cql = process.add(Cql.open(config.cassandra(), metrics, NodeLease.SCHEMA, "/account.cql"));
    process.readiness().needs("cassandra", cql::isConnected);
    RedisConnection redis =
        process.add(
            RedisConnection.open(
                RedisOptions.of(service.redisUri(), service.process().redis()), metrics));
    IdGenerator ids = new IdGenerator(process.add(NodeLease.acquire(cql, clock)), clock);
    TokenIssuer issuer =
        TokenIssuer.open(
                new CassandraSigningKeyStore(cql, service.tokenIssuer()),
                service.tokenIssuer(),
                clock)
            .toCompletableFuture()
            .join();
    process.every("signing-keys", KEYS_PERIOD, SWEEP_LIMIT, issuer::refresh);
    AccountStore accounts =
        new CachedAccountStore(
            new CassandraAccountStore(cql), RedisCache.of(redis, CACHE, Account.parser(), metrics));
    CassandraFollowStore follows = new CassandraFollowStore(cql, clock);
    process.every("follow-sweeper", SWEEP_PERIOD, SWEEP_LIMIT, follows::sweep);
    AuthorizationServer authorization =
        process.add(
            new AuthorizationServer(
                cql, accounts, issuer, config.refreshOnce(), ids, clock, process.metrics()));
    BindableService exchange =
        config
            .oidc()
            .map(
                oidc ->
                    ExternalIssuer.exchange(
                        oidc, cql, new SignUp(accounts, clock), issuer, ids, clock, process))
            .orElseGet(ExternalIssuer::none);
    return new RunningProcess.Served(
        List.of(
            new AccountService(accounts, issuer, ids, clock),
            new SigningKeyService(issuer),
            new FollowService(follows, accounts, process.pageTokens()),
            authorization.service(),
            exchange),
        process.verifier(service.tokenIssuer(), issuer, authorization::revocations));
  }
}
