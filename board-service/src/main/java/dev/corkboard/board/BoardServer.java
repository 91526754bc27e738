// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.board.change.CassandraChangeLog;
import dev.corkboard.board.change.CassandraIntents;
import dev.corkboard.board.change.Commits;
import dev.corkboard.board.change.IntentSweeper;
import dev.corkboard.board.change.LogTimes;
import dev.corkboard.board.follow.CachedBoardFollowStore;
import dev.corkboard.board.follow.CassandraBoardFollowStore;
import dev.corkboard.board.v1.Board;
import dev.corkboard.placement.CachedPlacementStore;
import dev.corkboard.placement.CassandraEpochRebuild;
import dev.corkboard.placement.CassandraPlacementStore;
import dev.corkboard.placement.PlacementService;
import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.auth.IssuerKeys;
import dev.corkboard.platform.auth.RevocationFeed;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.cassandra.NodeLease;
import dev.corkboard.platform.client.Channels;
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
import dev.corkboard.section.CassandraSectionStore;
import dev.corkboard.section.SectionService;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** board-service as a process. */
public final class BoardServer implements AutoCloseable {
  /** Permissions are decided from what is cached, so it lives for 3 s at most. */
  private static final CacheOptions CACHE =
      CacheOptions.of("board", 1, Duration.ofSeconds(3))
          .withOutcomeUnknown(ApiException::isOutcomeUnknown);

  /** Of a sweep; what is left the next one does. */
  private static final Duration ROUND_LIMIT = Duration.ofMinutes(10);

  private final Resources resources;
  private final GrpcServer server;
  private final int adminPort;

  private BoardServer(Resources resources, GrpcServer server, int adminPort) {
    this.resources = resources;
    this.server = server;
    this.adminPort = adminPort;
  }

  public static void main(String[] args) {
    BoardServer server = start(BoardConfig.fromEnv(Env.system()));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-board"));
  }

  /** Starts it; returns when it serves. */
  public static BoardServer start(BoardConfig config) {
    Resources resources = new Resources();
    try {
      return start(config, resources);
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  private static BoardServer start(BoardConfig config, Resources resources) {
    ServiceConfig service = config.service();
    Clock clock = Clock.systemUTC();
    PrometheusMeterRegistry metrics = Metrics.prometheus(service.name());
    ServiceIdentity self = ServiceIdentity.load(service.keyFile(), service.jwksFile());
    ManagedChannel account =
        Channels.open(config.accountUri(), metrics, SigningKeyServiceGrpc.getServiceDescriptor());
    resources.<AutoCloseable>add(account::shutdownNow);
    AuthInterceptor auth =
        new AuthInterceptor(
            new TokenVerifier(
                service.tokenIssuer(),
                new IssuerKeys(account, clock),
                resources.add(RevocationFeed.over(account, self, clock, metrics)),
                self,
                clock));
    List<BindableService> services = services(config, resources, self, clock, metrics);
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
                    services,
                    auth,
                    metrics)));
    return new BoardServer(resources, server, admin.port());
  }

  private static List<BindableService> services(
      BoardConfig config,
      Resources resources,
      ServiceIdentity self,
      Clock clock,
      PrometheusMeterRegistry metrics) {
    Cql cql =
        new Cql(
            resources.add(Cassandra.open(config.cassandra(), NodeLease.SCHEMA, "/board.cql")),
            metrics);
    RedisConnection redis =
        resources.add(RedisConnection.open(RedisOptions.of(config.service().redisUri()), metrics));
    RedisCache<Board> cache = RedisCache.of(redis, CACHE, Board.parser(), metrics);
    IdGenerator ids = new IdGenerator(resources.add(NodeLease.acquire(cql, clock)), clock);
    PageTokens tokens = new PageTokens(self.secretFor("page-tokens"), clock);

    LogTimes times = LogTimes.DEFAULT.withGrace(config.intentGrace());
    CassandraIntents intents = new CassandraIntents(cql, clock, times);
    CassandraSettler settler = new CassandraSettler(cql);
    IntentSweeper sweeper = new IntentSweeper(intents, settler, clock, times, metrics);
    resources.add(
        Periodic.start("intent-sweeper", config.sweepPeriod(), ROUND_LIMIT, sweeper::sweep));

    BoardStore boards = new CachedBoardStore(new CassandraBoardStore(cql, intents), cache);
    CassandraEpochRebuild rebuild =
        new CassandraEpochRebuild(cql, clock, config.rebuildThreshold());
    return List.of(
        new BoardService(
            boards,
            new CachedBoardFollowStore(new CassandraBoardFollowStore(cql), cache),
            ids::next,
            tokens,
            clock),
        new PlacementService(
            new CachedPlacementStore(
                new CassandraPlacementStore(cql, intents, settler, rebuild), cache),
            boards,
            new CassandraChangeLog(intents, settler, clock, times),
            tokens),
        new SectionService(
            new CassandraSectionStore(cql, new Commits(intents, settler)),
            new BoardViews(boards),
            ids::next,
            tokens));
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
