// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.board.v1.PlacementServiceGrpc;
import dev.corkboard.board.v1.SectionServiceGrpc;
import dev.corkboard.media.FetchOptions;
import dev.corkboard.media.Media;
import dev.corkboard.pin.listing.CassandraOwnerListing;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.saves.CassandraSaveStore;
import dev.corkboard.pin.saves.SaveStore;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.auth.IssuerKeys;
import dev.corkboard.platform.auth.RevocationFeed;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.cassandra.Cassandra;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.cassandra.NodeLease;
import dev.corkboard.platform.client.Channels;
import dev.corkboard.platform.client.ServiceTokens;
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
import io.grpc.ManagedChannel;
import io.grpc.ServiceDescriptor;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** pin-service as a process. */
public final class PinServer implements AutoCloseable {
  /**
   * A Pin's board decides who sees it, so a cached Pin lives for 3 s at most; a deletion or a move
   * that cannot reach Redis waits as long.
   */
  private static final CacheOptions CACHE =
      CacheOptions.of("pin", 1, Duration.ofSeconds(3))
          .withOutcomeUnknown(failure -> !Refusals.isRefusal(ApiException.from(failure)));

  /** Of a sweep or a step of the follower; what is left the next one does. */
  private static final Duration ROUND_LIMIT = Duration.ofMinutes(10);

  /** Of comparing all Pins with all places. */
  private static final Duration COMPARE_LIMIT = Duration.ofHours(12);

  private final Resources resources;
  private final GrpcServer server;
  private final int adminPort;

  private PinServer(Resources resources, GrpcServer server, int adminPort) {
    this.resources = resources;
    this.server = server;
    this.adminPort = adminPort;
  }

  public static void main(String[] args) {
    PinServer server = start(PinConfig.fromEnv(Env.system()));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-pin"));
  }

  /** Starts it; returns when it serves. */
  public static PinServer start(PinConfig config) {
    return start(config, FetchOptions.standard());
  }

  /** As {@link #start(PinConfig)}, with a say in what may be fetched. */
  public static PinServer start(PinConfig config, FetchOptions fetch) {
    Resources resources = new Resources();
    try {
      return start(config, fetch, resources);
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  private static PinServer start(PinConfig config, FetchOptions fetch, Resources resources) {
    ServiceConfig service = config.service();
    Clock clock = Clock.systemUTC();
    PrometheusMeterRegistry metrics = Metrics.prometheus(service.name());
    ServiceIdentity self = ServiceIdentity.load(service.keyFile(), service.jwksFile());
    ManagedChannel account =
        open(resources, config.accountUri(), metrics, SigningKeyServiceGrpc.getServiceDescriptor());
    AuthInterceptor auth =
        new AuthInterceptor(
            new TokenVerifier(
                service.tokenIssuer(),
                new IssuerKeys(account, clock),
                resources.add(RevocationFeed.over(account, self, clock, metrics)),
                self,
                clock));
    List<BindableService> services = services(config, fetch, resources, self, clock, metrics);
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
    return new PinServer(resources, server, admin.port());
  }

  private static ManagedChannel open(
      Resources resources,
      String target,
      PrometheusMeterRegistry metrics,
      ServiceDescriptor... services) {
    ManagedChannel channel = Channels.open(target, metrics, services);
    resources.<AutoCloseable>add(channel::shutdownNow);
    return channel;
  }

  private static List<BindableService> services(
      PinConfig config,
      FetchOptions fetch,
      Resources resources,
      ServiceIdentity self,
      Clock clock,
      PrometheusMeterRegistry metrics) {
    ManagedChannel board =
        open(
            resources,
            config.boardUri(),
            metrics,
            BoardServiceGrpc.getServiceDescriptor(),
            PlacementServiceGrpc.getServiceDescriptor(),
            SectionServiceGrpc.getServiceDescriptor());
    Cql cql =
        new Cql(
            resources.add(
                Cassandra.open(config.cassandra(), NodeLease.SCHEMA, "/pin.cql", Media.SCHEMA)),
            metrics);
    RedisConnection redis =
        resources.add(RedisConnection.open(RedisOptions.of(config.service().redisUri()), metrics));
    IdGenerator ids = new IdGenerator(resources.add(NodeLease.acquire(cql, clock)), clock);

    PinStore pins =
        new CachedPinStore(
            new CassandraPinStore(cql), RedisCache.of(redis, CACHE, Pin.parser(), metrics));
    RequestStore requests = new CassandraRequestStore(cql);
    IntentStore intents = new CassandraIntentStore(cql);
    ProgressStore progress = new CassandraProgressStore(cql);
    OwnerListing listing = new CassandraOwnerListing(cql, ids::next, config.listingBucketRows());
    ServiceTokens serviceTokens = new ServiceTokens(self, clock);
    Placements placements = new GrpcPlacements(board, serviceTokens);
    BoardDirectory boards = new BoardDirectory(board, serviceTokens);
    SaveStore saves = new CassandraSaveStore(cql);
    PinSagas sagas = new PinSagas(pins, requests, intents, listing, placements, saves, clock);
    PinAccess access = new PinAccess(pins, sagas, boards);
    PageTokens tokens = new PageTokens(self.secretFor("page-tokens"), clock);
    Media media =
        resources.add(
            Media.start(
                config.media(),
                fetch,
                cql,
                new PinReferences(pins),
                new Media.Naming(ids::next, tokens),
                metrics));

    SagaSweeper sweeper =
        new SagaSweeper(sagas, intents, progress, config.sagaAge(), clock, metrics);
    BoardFollower follower =
        new BoardFollower(
            placements,
            progress,
            pins,
            new BoardCascade(pins, listing, placements, progress, sagas));
    Reconciler reconciler = new Reconciler(pins, listing, placements, sagas, metrics);
    sweeper.begin().toCompletableFuture().join();
    resources.add(Periodic.start("pin-sweeper", config.sweepPeriod(), ROUND_LIMIT, sweeper::sweep));
    resources.add(
        Periodic.start("board-follower", config.followPeriod(), ROUND_LIMIT, follower::poll));
    resources.add(
        Periodic.start(
            "pin-reconciler", config.reconcilePeriod(), COMPARE_LIMIT, reconciler::reconcile));
    PinMediaSources sources = new PinMediaSources(media.library(), media.videos());
    PinCreator creator = new PinCreator(requests, sagas, access, boards, sources, ids::next, clock);
    PinEditor editor = new PinEditor(pins, sagas, access, boards, listing, clock);
    List<BindableService> services = new ArrayList<>(media.services());
    services.add(new CollagePinService(creator, editor, sources));
    services.add(
        new PinService(
            creator,
            editor,
            access,
            new PinLists(pins, listing, boards, tokens),
            new BoardPinLists(pins, boards, tokens),
            new PinCounts(listing, placements),
            new PinSearch(pins, listing, boards, tokens)));
    services.add(new AnalyticsService(pins, saves, boards));
    return services;
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
