// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge;

import com.linecorp.armeria.common.DependencyInjector;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.corkboard.edge.backend.Backends;
import dev.corkboard.edge.backend.OAuthBackend;
import dev.corkboard.edge.backend.TokenExchange;
import dev.corkboard.edge.backend.Usernames;
import dev.corkboard.edge.collage.EventStreams;
import dev.corkboard.edge.http.Authentication;
import dev.corkboard.edge.http.ConcurrencyCheck;
import dev.corkboard.edge.http.Connections;
import dev.corkboard.edge.http.Draining;
import dev.corkboard.edge.http.ErrorHandler;
import dev.corkboard.edge.http.RequestIds;
import dev.corkboard.edge.http.RequestMetrics;
import dev.corkboard.edge.http.RequestTrail;
import dev.corkboard.edge.http.RouteNames;
import dev.corkboard.edge.http.ScopeCheck;
import dev.corkboard.edge.limit.Limiter;
import dev.corkboard.edge.limit.RateLimitCheck;
import dev.corkboard.edge.limit.RedisLimiter;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.limit.ConcurrencyLimits;
import dev.corkboard.platform.redis.RedisConnection;
import dev.corkboard.platform.redis.RedisOptions;
import dev.corkboard.platform.server.AdminServer;
import dev.corkboard.platform.server.Readiness;
import dev.corkboard.platform.server.Resources;
import dev.corkboard.platform.server.Startup;
import dev.corkboard.platform.trace.Tracing;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public REST contract and Corkboard's own part of it, over HTTP/1.1 and HTTP/2. */
public final class EdgeServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EdgeServer.class);

  /** The name of the edge among the services. */
  public static final String NAME = "edge";

  private static final int MAX_HEADERS = 16 * 1024;
  private static final int MAX_STREAMS = 100;
  private static final int LOOPS_STOP_SECONDS = 2;
  private static final long MAX_BODY = 1 << 20;

  private final Resources resources;
  private final Readiness readiness;
  private final Duration drainDelay;
  private final Server server;
  private final AdminServer admin;

  private EdgeServer(
      Resources resources,
      Readiness readiness,
      Duration drainDelay,
      Server server,
      AdminServer admin) {
    this.drainDelay = drainDelay;
    this.resources = resources;
    this.readiness = readiness;
    this.server = server;
    this.admin = admin;
  }

  /** Starts serving; the services behind it need not be there yet. */
  public static EdgeServer start(EdgeConfig config) {
    Resources resources = new Resources();
    try {
      return start(config, resources);
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  private static EdgeServer start(EdgeConfig config, Resources resources) {
    Startup process =
        new Startup(
            NAME,
            ServiceIdentity.load(config.serviceKeyFile(), config.serviceJwksFile()),
            config.process(),
            Tracing::startAtEdge,
            resources);
    PrometheusMeterRegistry metrics = process.metrics();
    AdminServer admin =
        process.add(
            AdminServer.start(
                config.adminHost(), config.adminPort(), metrics, process.readiness()));
    EventLoopGroup loops =
        EventLoopGroups.newEventLoopGroup(Runtime.getRuntime().availableProcessors(), "edge");
    resources.<AutoCloseable>add(() -> stop(loops));
    Backends backends =
        new Backends(
            process,
            loops,
            config.accountUri(),
            config.boardUri(),
            config.pinUri(),
            config.collageUri());
    TokenVerifier verifier = process.verifier(config.tokenIssuer(), backends.accountChannel());
    ServiceTokens tokens = process.serviceTokens();
    Authentication authentication =
        config.oidc().isPresent()
            ? new TokenExchange(backends.accountChannel(), tokens, verifier)
            : Authentication.by(verifier);
    Usernames usernames = new Usernames(backends, tokens);
    OAuthBackend oauth = new OAuthBackend(backends.accountChannel(), tokens);
    Limiter limiter = limiter(config, resources, metrics);
    EventStreams streams = new EventStreams(config.maxEventStreams());
    metrics.gauge("corkboard.edge.event.streams", streams, EventStreams::size);
    ServerBuilder builder =
        builder(config, authentication, limiter, process).workerGroup(loops, false);
    Routes routes = new Routes(config, backends, usernames);
    routes.contract(builder, oauth, limiter);
    routes.collages(builder, verifier, streams);
    Server server = builder.build();
    listen(server, config);
    resources.<AutoCloseable>add(() -> server.stop().join());
    process.readiness().onDraining(streams::close);
    log.atInfo().addKeyValue("port", server.activeLocalPort()).log("serving REST");
    process.readiness().started();
    return new EdgeServer(
        resources, process.readiness(), config.process().drainDelay(), server, admin);
  }

  private static void stop(EventLoopGroup loops) {
    loops.shutdownGracefully(0, LOOPS_STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static Limiter limiter(
      EdgeConfig config, Resources resources, PrometheusMeterRegistry metrics) {
    if (config.rateLimits().isEmpty()) return Limiter.NONE;
    RedisConnection redis =
        resources.add(
            RedisConnection.open(
                RedisOptions.of(config.redisUri(), config.process().redis()), metrics));
    return new RedisLimiter(config.rateLimits(), redis, metrics);
  }

  private static void listen(Server server, EdgeConfig config) {
    try {
      server.start().join();
    } catch (CompletionException e) {
      throw new UncheckedIOException(
          NAME + ": cannot listen on " + config.host() + ":" + config.port(),
          e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
    }
  }

  private static ServerBuilder builder(
      EdgeConfig config, Authentication authentication, Limiter limiter, Startup process) {
    Connections connections = new Connections();
    process.readiness().onDraining(connections::closeIdle);
    ServerBuilder builder =
        Server.builder()
            .http(new InetSocketAddress(config.host(), config.port()))
            .dependencyInjector(
                DependencyInjector.ofSingletons(
                    new ScopeCheck(authentication), new RateLimitCheck(limiter)),
                false)
            .errorHandler(new ErrorHandler())
            .unloggedExceptionsReportInterval(Duration.ZERO)
            .childChannelPipelineCustomizer(connections::opened)
            .decorator(service -> new Draining(service, process.readiness(), connections));
    if (config.process().concurrencyLimit()) {
      ConcurrencyLimits limits = ConcurrencyLimits.adaptive(process.metrics());
      builder.decorator(service -> new ConcurrencyCheck(service, limits, config.requestTimeout()));
    }
    limits(builder, config);
    return builder
        .decorator(service -> new RequestMetrics(service, process.metrics()))
        .decorator(service -> new RequestTrail(service, process.tracing()))
        .decorator(RequestIds::new);
  }

  private static void limits(ServerBuilder builder, EdgeConfig config) {
    config.clientAddresses().applyTo(builder);
    builder
        .maxRequestLength(MAX_BODY)
        .requestTimeout(config.requestTimeout())
        .maxNumConnections(config.maxConnections())
        .http1MaxInitialLineLength(MAX_HEADERS)
        .http1MaxHeaderSize(MAX_HEADERS)
        .http2MaxHeaderListSize(MAX_HEADERS)
        .http2MaxStreamsPerConnection(MAX_STREAMS)
        .idleTimeout(config.idleTimeout())
        .gracefulShutdownTimeout(Duration.ofMillis(200), Duration.ofSeconds(10))
        .addHeader(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
        .disableServerHeader();
  }

  public int port() {
    return server.activeLocalPort();
  }

  /** What is served: method and path, such as {@code GET /v5/boards/{board_id}}. */
  public Set<String> operations() {
    return RouteNames.operations(server.config());
  }

  public int adminPort() {
    return admin.port();
  }

  /**
   * Says that it is not ready for as long as is set, lets those in flight finish for at most 10 s,
   * then stops.
   */
  @Override
  public void close() {
    readiness.drain(drainDelay);
    resources.close();
  }
}
