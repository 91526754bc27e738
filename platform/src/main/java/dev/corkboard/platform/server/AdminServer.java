// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Serves {@code /metrics} in Prometheus text format, {@code /livez} (200 while the process runs; so
 * does {@code /healthz}) and {@code /readyz} (503 with the reason while it should get no requests),
 * on a port of its own.
 */
public final class AdminServer implements AutoCloseable {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final HttpServer server;

  private AdminServer(HttpServer server) {
    this.server = server;
  }

  /** Starts serving; port 0 picks a free one. */
  public static AdminServer start(
      String host, int port, PrometheusMeterRegistry registry, Readiness readiness) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 16);
      server.createContext(
          "/metrics",
          exchange ->
              answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape()));
      server.createContext("/livez", exchange -> answer(exchange, 200, TEXT, "ok\n"));
      server.createContext("/healthz", exchange -> answer(exchange, 200, TEXT, "ok\n"));
      server.createContext("/readyz", exchange -> ready(exchange, readiness));
      server.start();
      return new AdminServer(server);
    } catch (IOException e) {
      throw new UncheckedIOException("admin: cannot listen on " + host + ":" + port, e);
    }
  }

  private static void ready(HttpExchange exchange, Readiness readiness) throws IOException {
    var obstacle = readiness.obstacle();
    answer(exchange, obstacle.isPresent() ? 503 : 200, TEXT, obstacle.orElse("ok") + "\n");
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
