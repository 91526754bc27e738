// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.server;

import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.auth.TokenVerifier;
import dev.corkboard.platform.config.ServiceConfig;
import dev.corkboard.platform.trace.Tracing;
import io.grpc.BindableService;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A service that serves gRPC, with its health and metrics, until it is closed. */
public final class RunningProcess implements AutoCloseable {
  private final Resources resources;
  private final Readiness readiness;
  private final Duration drainDelay;
  private final int port;
  private final int adminPort;

  private RunningProcess(
      Resources resources, Readiness readiness, Duration drainDelay, int port, int adminPort) {
    this.drainDelay = drainDelay;
    this.resources = resources;
    this.readiness = readiness;
    this.port = port;
    this.adminPort = adminPort;
  }

  /** What a process serves, and how it knows its callers. */
  public record Served(List<BindableService> services, TokenVerifier verifier) {}

  /**
   * Starts it; returns when it serves.
   *
   * @param wiring opens what the services need; when it fails, what it opened is closed
   */
  public static RunningProcess start(ServiceConfig config, Function<Startup, Served> wiring) {
    Resources resources = new Resources();
    try {
      return start(config, wiring, resources);
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  private static RunningProcess start(
      ServiceConfig config, Function<Startup, Served> wiring, Resources resources) {
    Startup startup =
        new Startup(
            config.name(),
            ServiceIdentity.load(config.keyFile(), config.jwksFile()),
            config.process(),
            Tracing::start,
            resources);
    AdminServer admin =
        resources.add(
            AdminServer.start(
                config.adminHost(), config.adminPort(), startup.metrics(), startup.readiness()));
    Served served = wiring.apply(startup);
    GrpcServer server =
        resources.add(
            GrpcServer.start(
                new GrpcServer.Options(
                    config.name(),
                    config.host(),
                    config.grpcPort(),
                    config.reflection(),
                    served.services(),
                    new AuthInterceptor(served.verifier()),
                    startup.metrics(),
                    config.process(),
                    startup.tls(),
                    startup.tracing())));
    startup.readiness().started();
    return new RunningProcess(
        resources, startup.readiness(), config.process().drainDelay(), server.port(), admin.port());
  }

  public int port() {
    return port;
  }

  public int adminPort() {
    return adminPort;
  }

  /**
   * Says that it is not ready for as long as is set, lets calls in flight finish for at most 10 s,
   * then stops.
   */
  @Override
  public void close() {
    readiness.drain(drainDelay);
    resources.close();
  }
}
