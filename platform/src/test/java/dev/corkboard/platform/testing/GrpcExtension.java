// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing;

import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.server.GrpcServer;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An in-process gRPC server with the interceptors of production. As a static field it serves all
 * tests of a class, as an instance field each test has its own.
 */
public final class GrpcExtension
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
  private final TestTokens tokens = new TestTokens();
  private final String service;
  private final Function<TestTokens, List<BindableService>> services;
  private Server server;
  private ManagedChannel channel;
  private boolean shared;

  /**
   * A server that is yet to start.
   *
   * @param service who the server is: the audience of service tokens
   */
  public GrpcExtension(String service, Function<TestTokens, List<BindableService>> services) {
    this.service = service;
    this.services = services;
  }

  public TestTokens tokens() {
    return tokens;
  }

  public ManagedChannel channel() {
    return channel;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    shared = true;
    start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!shared) start();
  }

  private void start() {
    String name = "test-" + UUID.randomUUID();
    AuthInterceptor auth = new AuthInterceptor(tokens.verifier(service));
    InProcessServerBuilder builder = InProcessServerBuilder.forName(name).directExecutor();
    services
        .apply(tokens)
        .forEach(s -> builder.addService(GrpcServer.intercept(s, auth, new SimpleMeterRegistry())));
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!shared) stop();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop();
  }

  private void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }
}
