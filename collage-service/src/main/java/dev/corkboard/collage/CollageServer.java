// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.account.v1.AccountServiceGrpc;
import dev.corkboard.collage.index.CassandraCollageIndex;
import dev.corkboard.collage.pins.GrpcCollagePins;
import dev.corkboard.collage.pins.GrpcMediaHolder;
import dev.corkboard.collage.pins.GrpcPictureBytes;
import dev.corkboard.collage.pins.GrpcPinDirectory;
import dev.corkboard.collage.render.RenderExecutor;
import dev.corkboard.media.v1.HoldServiceGrpc;
import dev.corkboard.media.v1.MediaServiceGrpc;
import dev.corkboard.pin.v1.CollagePinServiceGrpc;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.cassandra.NodeLease;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.schedule.BoundedExecutor;
import dev.corkboard.platform.server.RunningProcess;
import dev.corkboard.platform.server.Startup;
import io.grpc.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** collage-service as a process. */
public final class CollageServer {
  /** Of a sweep; what is left the next one does. */
  private static final Duration ROUND_LIMIT = Duration.ofMinutes(10);

  /** How soon edits made in other processes reach who watches. */
  private static final Duration FEED_PERIOD = Duration.ofMillis(250);

  /** How often the trash is looked at. */
  private static final Duration TRASH_PERIOD = Duration.ofHours(1);

  private static final int EDITS_WAITING = 1_024;

  private CollageServer() {}

  /** Starts it; returns when it serves. */
  public static RunningProcess start(CollageConfig config) {
    return RunningProcess.start(config.service(), process -> wire(config, process));
  }

  private static RunningProcess.Served wire(CollageConfig config, Startup process) {
    Channel account =
        process.channel(
            "account",
            config.accountUri(),
            SigningKeyServiceGrpc.getServiceDescriptor(),
            AccountServiceGrpc.getServiceDescriptor());
    TokenVerifier verifier = process.verifier(config.service().tokenIssuer(), account);
    Collages collages = collages(config, process, account);
    process.every(
        "publishing-sweeper", config.sweepPeriod(), ROUND_LIMIT, collages::sweepPublishings);
    process.every("trash-sweeper", TRASH_PERIOD, ROUND_LIMIT, collages::sweepTrash);
    return new RunningProcess.Served(collages.services(), verifier);
  }

  private static Collages collages(CollageConfig config, Startup process, Channel account) {
    Clock clock = process.clock();
    PrometheusMeterRegistry metrics = process.metrics();
    Channel pin =
        process.channel(
            "pin",
            config.pinUri(),
            PinServiceGrpc.getServiceDescriptor(),
            MediaServiceGrpc.getServiceDescriptor(),
            HoldServiceGrpc.getServiceDescriptor(),
            CollagePinServiceGrpc.getServiceDescriptor());
    Cql cql =
        process.add(
            Cql.open(
                config.cassandra(),
                metrics,
                NodeLease.SCHEMA,
                CassandraCollageStore.SCHEMA,
                CassandraCollageIndex.SCHEMA));
    process.readiness().needs("cassandra", cql::isConnected);
    IdGenerator ids = new IdGenerator(process.add(NodeLease.acquire(cql, clock)), clock);
    ServiceTokens tokens = process.serviceTokens();
    CollageStore store = new CassandraCollageStore(cql);
    EditFeeds feeds = process.add(new EditFeeds(store, FEED_PERIOD));
    process.readiness().onDraining(feeds::end);
    return new Collages(
        new Collages.Stores(
            store,
            new CassandraCollageHeaders(cql),
            new CassandraCreationStore(cql),
            new CassandraCollageIndex(cql)),
        new Collages.Peers(
            new GrpcPinDirectory(pin),
            new GrpcMediaHolder(pin, tokens),
            new GrpcPictureBytes(pin),
            new GrpcCollagePins(pin, tokens),
            new GrpcAccounts(account, tokens)),
        new Collages.Means(
            process.add(new RenderExecutor(config.renderThreads(), config.renderQueue(), metrics)),
            process.add(editing(metrics)),
            feeds,
            process.pageTokens(),
            ids::next,
            clock),
        config.trashLife(),
        config.publishAge());
  }

  /** The threads that apply edits to documents. */
  private static BoundedExecutor editing(MeterRegistry metrics) {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    return new BoundedExecutor("editing", threads, EDITS_WAITING, metrics);
  }
}
