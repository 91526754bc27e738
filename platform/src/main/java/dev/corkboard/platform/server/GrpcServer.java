// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.server;

import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.error.ErrorInterceptor;
import dev.corkboard.platform.trace.Tracing;
import io.grpc.BindableService;
import io.grpc.Server;
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
import java.util.List;
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
   */
  public record Options(
      String name,
      String host,
      int port,
      boolean reflection,
      List<BindableService> services,
      AuthInterceptor auth,
      MeterRegistry metrics,
      Tracing tracing) {}

  private GrpcServer(String name, Server server, HealthStatusManager health) {
    this.name = name;
    this.server = server;
    this.health = health;
  }

  /** The order is fixed here: metrics see everything, errors are mapped next to the handler. */
  public static ServerServiceDefinition intercept(
      BindableService service, AuthInterceptor auth, MeterRegistry metrics) {
    ServerServiceDefinition definition = service.bindService();
    auth.requireRules(definition);
    return ServerInterceptors.interceptForward(
        RequestMessages.checked(definition),
        new MetricCollectingServerInterceptor(metrics),
        auth,
        new ErrorInterceptor());
  }

  /** Starts serving; fails with one clear line when the port is taken. */
  public static GrpcServer start(Options options) {
    HealthStatusManager health = new HealthStatusManager();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(options.host(), options.port()))
            .directExecutor()
            .maxInboundMetadataSize(MAX_METADATA_BYTES)
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .maxConcurrentCallsPerConnection(MAX_STREAMS)
            .maxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_SECONDS)
            .maxConnectionAge(30, TimeUnit.MINUTES)
            .maxConnectionAgeGrace(30, TimeUnit.SECONDS)
            .permitKeepAliveTime(20, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(health.getHealthService());
    for (BindableService service : options.services()) {
      builder.addService(
          options.tracing().trace(intercept(service, options.auth(), options.metrics())));
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
