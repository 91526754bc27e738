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
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.cassandra.NodeLease;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.redis.CacheOptions;
import dev.corkboard.platform.redis.RedisCache;
import dev.corkboard.platform.redis.RedisConnection;
import dev.corkboard.platform.redis.RedisOptions;
import dev.corkboard.platform.server.RunningProcess;
import dev.corkboard.platform.server.Startup;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** pin-service as a process. */
public final class PinServer {
  /**
   * A Pin's board decides who sees it, so a cached Pin lives for 3 s at most; a deletion or a move
   * that cannot reach Redis waits as long.
   */
  private static final CacheOptions CACHE =
      CacheOptions.of("pin", 1, Duration.ofSeconds(3))
          .withOutcomeUnknown(ApiException::isOutcomeUnknown);

  /** Of a sweep or a step of the follower; what is left the next one does. */
  private static final Duration ROUND_LIMIT = Duration.ofMinutes(10);

  /** Of comparing all Pins with all places. */
  private static final Duration COMPARE_LIMIT = Duration.ofHours(12);

  private PinServer() {}

  /** Starts it; returns when it serves. */
  public static RunningProcess start(PinConfig config) {
    return start(config, FetchOptions.standard());
  }

  /** As {@link #start(PinConfig)}, with a say in what may be fetched. */
  public static RunningProcess start(PinConfig config, FetchOptions fetch) {
    return RunningProcess.start(config.service(), process -> wire(config, fetch, process));
  }

  private static RunningProcess.Served wire(PinConfig config, FetchOptions fetch, Startup process) {
    Channel account =
        process.channel(
            "account", config.accountUri(), SigningKeyServiceGrpc.getServiceDescriptor());
    TokenVerifier verifier = process.verifier(config.service().tokenIssuer(), account);
    return new RunningProcess.Served(services(config, fetch, process), verifier);
  }

  private static List<BindableService> services(
      PinConfig config, FetchOptions fetch, Startup process) {
    Clock clock = process.clock();
    PrometheusMeterRegistry metrics = process.metrics();
    Channel board =
        process.channel(
            "board",
            config.boardUri(),
            BoardServiceGrpc.getServiceDescriptor(),
            PlacementServiceGrpc.getServiceDescriptor(),
            SectionServiceGrpc.getServiceDescriptor());
    Cql cql =
        process.add(
            Cql.open(config.cassandra(), metrics, NodeLease.SCHEMA, "/pin.cql", Media.SCHEMA));
    process.readiness().needs("cassandra", cql::isConnected);
    RedisConnection redis =
        process.add(
            RedisConnection.open(
                RedisOptions.of(config.service().redisUri(), config.service().process().redis()),
                metrics));
    IdGenerator ids = new IdGenerator(process.add(NodeLease.acquire(cql, clock)), clock);

    PinStore pins =
        new CachedPinStore(
            new CassandraPinStore(cql), RedisCache.of(redis, CACHE, Pin.parser(), metrics));
    RequestStore requests = new CassandraRequestStore(cql);
    IntentStore intents = new CassandraIntentStore(cql);
    ProgressStore progress = new CassandraProgressStore(cql);
    OwnerListing listing = new CassandraOwnerListing(cql, ids::next, config.listingBucketRows());
    ServiceTokens serviceTokens = process.serviceTokens();
    Placements placements = new GrpcPlacements(board, serviceTokens);
    BoardDirectory boards = new BoardDirectory(board, serviceTokens);
    SaveStore saves = new CassandraSaveStore(cql);
    PinSagas sagas = new PinSagas(pins, requests, intents, listing, placements, saves, clock);
    PinAccess access = new PinAccess(pins, sagas, boards);
    PageTokens tokens = process.pageTokens();
    Media media =
        process.add(
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
    process.every("pin-sweeper", config.sweepPeriod(), ROUND_LIMIT, sweeper::sweep);
    process.every("board-follower", config.followPeriod(), ROUND_LIMIT, follower::poll);
    process.every("pin-reconciler", config.reconcilePeriod(), COMPARE_LIMIT, reconciler::reconcile);
    PinMediaSources sources = new PinMediaSources(media.library(), media.videos());
    PinCreator creator =
        new PinCreator(pins, requests, sagas, access, boards, sources, ids::next, clock);
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
}
