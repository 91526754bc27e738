// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.server;

import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.config.ProcessConfig;
import dev.corkboard.platform.error.ErrorInterceptor;
import dev.corkboard.platform.limit.ConcurrencyLimits;
import dev.corkboard.platform.limit.LimitInterceptor;
import dev.corkboard.platform.tls.PeerInterceptor;
import dev.corkboard.platform.tls.PeerNames;
import dev.corkboard.platform.tls.TlsIdentity;
import dev.corkboard.platform.trace.Tracing;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gRPC server as every service runs it: direct executor (handlers never block), the interceptors
 * in their one order, health, and reflection unless switched off.
 */
public final class GrpcServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GrpcServer.class);
  private static final int MAX_METADATA_BYTES = 16 * 1024;
  private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
  private static final int MAX_STREAMS = 1_000;

  /** A caller whose deadlines pass resets many calls; a hostile one resets what it just opened. */
  private static final int MAX_RESETS = 10_000;

  private static final int RESET_WINDOW_SECONDS = 10;
  private static final int DRAIN_SECONDS = 10;

  private final String name;
  private final Server server;
  private final HealthStatusManager health;

  /**
   * What to serve and where.
   *
   * @param port 0 picks a free one
   * @param tls what to ask of those who connect; nothing when empty
   */
  public record Options(
      String name,
      String host,
      int port,
      boolean reflection,
      List<BindableService> services,
      AuthInterceptor auth,
      MeterRegistry metrics,
      ProcessConfig process,
      Optional<TlsIdentity> tls,
      Tracing tracing) {
    /** As where nothing is set. */
    public Options(
        String name,
        String host,
        int port,
        boolean reflection,
        List<BindableService> services,
        AuthInterceptor auth,
        MeterRegistry metrics) {
      this(
          name,
          host,
          port,
          reflection,
          services,
          auth,
          metrics,
          ProcessConfig.DEFAULT,
          Optional.empty(),
          Tracing.OFF);
    }
  }

  private GrpcServer(String name, Server server, HealthStatusManager health) {
    this.name = name;
    this.server = server;
    this.health = health;
  }

  /**
   * The order is fixed here: metrics see everything, what is refused by certificate or limit is
   * known by its caller, errors are mapped next to the handler.
   */
  public static ServerServiceDefinition intercept(
      BindableService service, AuthInterceptor auth, MeterRegistry metrics) {
    return intercept(service, auth, metrics, List.of());
  }

  private static ServerServiceDefinition intercept(
      BindableService service,
      AuthInterceptor auth,
      MeterRegistry metrics,
      List<ServerInterceptor> afterAuth) {
    ServerServiceDefinition definition = service.bindService();
    auth.requireRules(definition);
    List<ServerInterceptor> order = new ArrayList<>();
    order.add(new MetricCollectingServerInterceptor(metrics));
    order.add(auth);
    order.addAll(afterAuth);
    order.add(new ErrorInterceptor());
    return ServerInterceptors.interceptForward(RequestMessages.checked(definition), order);
  }

  /** Starts serving; fails with one clear line when the port is taken. */
  public static GrpcServer start(Options options) {
    HealthStatusManager health = new HealthStatusManager();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(options.host(), options.port()),
                options.tls().map(TlsIdentity::server).orElseGet(InsecureServerCredentials::create))
            .directExecutor()
            .maxInboundMetadataSize(MAX_METADATA_BYTES)
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .maxConcurrentCallsPerConnection(MAX_STREAMS)
            .maxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_SECONDS)
            .maxConnectionAge(
                options.process().maxConnectionAge().toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionAgeGrace(30, TimeUnit.SECONDS)
            .permitKeepAliveTime(20, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(health.getHealthService());
    List<ServerInterceptor> afterAuth = new ArrayList<>();
    if (options.tls().isPresent()) {
      builder.addTransportFilter(new PeerNames());
      afterAuth.add(new PeerInterceptor(options.name()));
    }
    if (options.process().concurrencyLimit()) {
      afterAuth.add(new LimitInterceptor(ConcurrencyLimits.adaptive(options.metrics())));
    }
    for (BindableService service : options.services()) {
      builder.addService(
          options
              .tracing()
              .trace(intercept(service, options.auth(), options.metrics(), afterAuth)));
    }
    if (options.reflection()) addReflection(builder);
    Server server = builder.build();
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          options.name() + ": cannot listen on " + options.host() + ":" + options.port(), e);
    }
    for (BindableService service : options.services()) {
      health.setStatus(
          service.bindService().getServiceDescriptor().getName(), ServingStatus.SERVING);
    }
    log.atInfo()
        .addKeyValue("service", options.name())
        .addKeyValue("port", server.getPort())
        .log("serving gRPC");
    return new GrpcServer(options.name(), server, health);
  }

  @SuppressWarnings("deprecation") // v1alpha is what grpcurl before 1.8.8 speaks
  private static void addReflection(NettyServerBuilder builder) {
    builder
        .addService(ProtoReflectionServiceV1.newInstance())
        .addService(io.grpc.protobuf.services.ProtoReflectionService.newInstance());
  }

  public int port() {
    return server.getPort();
  }

  /** Says NOT_SERVING, lets calls in flight finish for at most 10 s, then stops. */
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!server.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) server.shutdownNow();
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    log.atInfo().addKeyValue("service", name).log("stopped");
  }
}
