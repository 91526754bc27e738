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
import dev.corkboard.platform.id.IdGenerator;
import dev.corkboard.platform.metrics.Metrics;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.schedule.Periodic;
import dev.corkboard.platform.server.AdminServer;
import dev.corkboard.platform.server.GrpcServer;
import dev.corkboard.platform.server.Resources;
import io.grpc.ManagedChannel;
import io.grpc.ServiceDescriptor;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** collage-service as a process. */
public final class CollageServer implements AutoCloseable {
  /** Of a sweep; what is left the next one does. */
  private static final Duration ROUND_LIMIT = Duration.ofMinutes(10);

  /** How soon edits made in other processes reach who watches. */
  private static final Duration FEED_PERIOD = Duration.ofMillis(250);

  /** How often the trash is looked at. */
  private static final Duration TRASH_PERIOD = Duration.ofHours(1);

  private final Resources resources;
  private final GrpcServer server;
  private final int adminPort;

  private CollageServer(Resources resources, GrpcServer server, int adminPort) {
    this.resources = resources;
    this.server = server;
    this.adminPort = adminPort;
  }

  public static void main(String[] args) {
    CollageServer server = start(CollageConfig.fromEnv(Env.system()));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-collage"));
  }

  /** Starts it; returns when it serves. */
  public static CollageServer start(CollageConfig config) {
    Resources resources = new Resources();
    try {
      return start(config, resources);
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  private static CollageServer start(CollageConfig config, Resources resources) {
    ServiceConfig service = config.service();
    Clock clock = Clock.systemUTC();
    PrometheusMeterRegistry metrics = Metrics.prometheus(service.name());
    ServiceIdentity self = ServiceIdentity.load(service.keyFile(), service.jwksFile());
    ManagedChannel account =
        open(
            resources,
            config.accountUri(),
            metrics,
            SigningKeyServiceGrpc.getServiceDescriptor(),
            AccountServiceGrpc.getServiceDescriptor());
    AuthInterceptor auth =
        new AuthInterceptor(
            new TokenVerifier(
                service.tokenIssuer(),
                new IssuerKeys(account, clock),
                resources.add(RevocationFeed.over(account, self, clock, metrics)),
                self,
                clock));
    Collages collages = collages(config, resources, account, self, clock, metrics);
    resources.add(
        Periodic.start(
            "publishing-sweeper", config.sweepPeriod(), ROUND_LIMIT, collages::sweepPublishings));
    resources.add(Periodic.start("trash-sweeper", TRASH_PERIOD, ROUND_LIMIT, collages::sweepTrash));
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
                    collages.services(),
                    auth,
                    metrics)));
    return new CollageServer(resources, server, admin.port());
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

  private static Collages collages(
      CollageConfig config,
      Resources resources,
      ManagedChannel account,
      ServiceIdentity self,
      Clock clock,
      PrometheusMeterRegistry metrics) {
    ManagedChannel pin =
        open(
            resources,
            config.pinUri(),
            metrics,
            PinServiceGrpc.getServiceDescriptor(),
            MediaServiceGrpc.getServiceDescriptor(),
            HoldServiceGrpc.getServiceDescriptor(),
            CollagePinServiceGrpc.getServiceDescriptor());
    Cql cql =
        new Cql(
            resources.add(
                Cassandra.open(
                    config.cassandra(),
                    NodeLease.SCHEMA,
                    CassandraCollageStore.SCHEMA,
                    CassandraCollageIndex.SCHEMA)),
            metrics);
    IdGenerator ids = new IdGenerator(resources.add(NodeLease.acquire(cql, clock)), clock);
    ServiceTokens tokens = new ServiceTokens(self, clock);
    CollageStore store = new CassandraCollageStore(cql);
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
            resources.add(
                new RenderExecutor(config.renderThreads(), config.renderQueue(), metrics)),
            resources.add(new EditingThreads(metrics)),
            resources.add(new EditFeeds(store, FEED_PERIOD)),
            new PageTokens(self.secretFor("page-tokens"), clock),
            ids::next,
            clock),
        config.trashLife(),
        config.publishAge());
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
