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
import dev.corkboard.placement.CachedPlacementStore;
import dev.corkboard.placement.CassandraEpochRebuild;
import dev.corkboard.placement.CassandraPlacementStore;
import dev.corkboard.placement.PlacementService;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.cassandra.NodeLease;
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.redis.RedisConnection;
import dev.corkboard.platform.redis.RedisOptions;
import dev.corkboard.platform.server.RunningProcess;
import dev.corkboard.platform.server.Startup;
import dev.corkboard.section.CachedSectionStore;
import dev.corkboard.section.CassandraSectionStore;
import dev.corkboard.section.SectionService;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** board-service as a process. */
public final class BoardServer {
  /** Of a sweep; what is left the next one does. */
  private static final Duration ROUND_LIMIT = Duration.ofMinutes(10);

  private BoardServer() {}

  /** Starts it; returns when it serves. */
  public static RunningProcess start(BoardConfig config) {
    return RunningProcess.start(config.service(), process -> wire(config, process));
  }

  private static RunningProcess.Served wire(BoardConfig config, Startup process) {
    Channel account =
        process.channel(
            "account", config.accountUri(), SigningKeyServiceGrpc.getServiceDescriptor());
    TokenVerifier verifier = process.verifier(config.service().tokenIssuer(), account);
    return new RunningProcess.Served(services(config, process), verifier);
  }

  private static List<BindableService> services(BoardConfig config, Startup process) {
    Clock clock = process.clock();
    PrometheusMeterRegistry metrics = process.metrics();
    Cql cql = process.add(Cql.open(config.cassandra(), metrics, NodeLease.SCHEMA, "/board.cql"));
    process.readiness().needs("cassandra", cql::isConnected);
    RedisConnection redis =
        process.add(
            RedisConnection.open(
                RedisOptions.of(config.service().redisUri(), config.service().process().redis()),
                metrics));
    BoardCaches caches = BoardCaches.on(redis, metrics);
    IdGenerator ids = new IdGenerator(process.add(NodeLease.acquire(cql, clock)), clock);
    PageTokens tokens = process.pageTokens();

    LogTimes times = LogTimes.DEFAULT.withGrace(config.intentGrace());
    CassandraIntents intents = new CassandraIntents(cql, clock, times);
    CassandraSettler settler = new CassandraSettler(cql);
    IntentSweeper sweeper = new IntentSweeper(intents, settler, clock, times, metrics);
    process.every("intent-sweeper", config.sweepPeriod(), ROUND_LIMIT, sweeper::sweep);

    BoardStore boards = new CachedBoardStore(new CassandraBoardStore(cql, intents), caches);
    CassandraEpochRebuild rebuild =
        new CassandraEpochRebuild(cql, clock, config.rebuildThreshold());
    return List.of(
        new BoardService(
            boards,
            new CachedBoardFollowStore(new CassandraBoardFollowStore(cql), caches.boards()),
            ids::next,
            tokens,
            clock),
        new PlacementService(
            new CachedPlacementStore(
                new CassandraPlacementStore(cql, intents, settler, rebuild), caches),
            boards,
            new CassandraChangeLog(intents, settler, clock, times),
            tokens),
        new SectionService(
            new CachedSectionStore(
                new CassandraSectionStore(cql, new Commits(intents, settler)), caches.heads()),
            new BoardViews(boards),
            ids::next,
            tokens));
  }
}
