// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import dev.corkboard.edge.EdgeConfig;
import dev.corkboard.edge.EdgeServer;
import dev.corkboard.edge.http.ClientAddresses;
import dev.corkboard.edge.limit.RateLimits;
import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.auth.ServiceIdentity;
import dev.corkboard.platform.config.OidcConfig;
import dev.corkboard.platform.server.GrpcServer;
import dev.corkboard.platform.testing.TestTokens;
import dev.corkboard.platform.trace.TraceConfig;
import dev.corkboard.platform.trace.Tracing;
import io.grpc.BindableService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The real edge on a free port, in front of fake services behind the real interceptors. */
public final class EdgeExtension implements BeforeAllCallback, AfterAllCallback {
  public static final String PUBLIC_URL = "https://pins.example";

  private final TestTokens tokens = new TestTokens();
  private final FakeAccounts accounts = new FakeAccounts();
  private final FakeFollows follows = new FakeFollows();
  private final FakeBoards boards = new FakeBoards();
  private final FakeSections sections = new FakeSections();
  private final FakePins pins = new FakePins();
  private final FakeAnalytics analytics = new FakeAnalytics();
  private final FakeMedia media = new FakeMedia();
  private final FakeVideos videos = new FakeVideos();
  private final FakeCollages collages = new FakeCollages();
  private final FakeEdits edits = new FakeEdits(collages);
  private final FakeRendering rendering = new FakeRendering();
  private final FakePublishing publishing = new FakePublishing(collages);
  private final FakeOAuth oauth = new FakeOAuth();
  private final FakeExchange exchange = new FakeExchange();
  private final List<AutoCloseable> running = new ArrayList<>();
  private final Duration requestTimeout;
  private final Duration transferTimeout;
  private final Duration idleTimeout;
  private final Optional<OidcConfig> oidc;
  private RateLimits limits = RateLimits.NONE;
  private ClientAddresses clientAddresses = ClientAddresses.DIRECT;
  private boolean collagesServed = true;
  private Supplier<String> redis = () -> "";
  private EdgeServer edge;

  /** With the limits of production. */
  public EdgeExtension() {
    this(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(1));
  }

  /** With one limit to the time of requests, of transfers and of connections without requests. */
  public EdgeExtension(Duration limit) {
    this(limit, limit, limit);
  }

  /** With an external issuer. */
  public EdgeExtension(OidcConfig oidc) {
    this(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(1), Optional.of(oidc));
  }

  /** With an external issuer and one limit to the time of everything. */
  public EdgeExtension(OidcConfig oidc, Duration limit) {
    this(limit, limit, limit, Optional.of(oidc));
  }

  private EdgeExtension(Duration request, Duration transfer, Duration idle) {
    this(request, transfer, idle, Optional.empty());
  }

  private EdgeExtension(
      Duration request, Duration transfer, Duration idle, Optional<OidcConfig> oidc) {
    this.oidc = oidc;
    requestTimeout = request;
    transferTimeout = transfer;
    idleTimeout = idle;
  }

  /**
   * The same with rate limits, which there are none of otherwise.
   *
   * @param uri of Redis, asked for when the edge starts
   */
  public EdgeExtension withLimits(RateLimits newLimits, Supplier<String> uri) {
    limits = newLimits;
    redis = uri;
    return this;
  }

  /** The same behind proxies. */
  public EdgeExtension behind(ClientAddresses proxies) {
    clientAddresses = proxies;
    return this;
  }

  /** The same without the service of collages. */
  public EdgeExtension withoutCollages() {
    collagesServed = false;
    return this;
  }

  public TestTokens tokens() {
    return tokens;
  }

  public FakeAccounts accounts() {
    return accounts;
  }

  public FakeFollows follows() {
    return follows;
  }

  public FakeBoards boards() {
    return boards;
  }

  public FakeSections sections() {
    return sections;
  }

  public FakePins pins() {
    return pins;
  }

  public FakeAnalytics analytics() {
    return analytics;
  }

  public FakeMedia media() {
    return media;
  }

  public FakeVideos videos() {
    return videos;
  }

  public FakeCollages collages() {
    return collages;
  }

  public FakeEdits edits() {
    return edits;
  }

  public FakeRendering rendering() {
    return rendering;
  }

  public FakePublishing publishing() {
    return publishing;
  }

  public FakeOAuth oauth() {
    return oauth;
  }

  public FakeExchange exchange() {
    return exchange;
  }

  public EdgeServer edge() {
    return edge;
  }

  /** What the edge publishes about itself. */
  public String metrics() throws IOException {
    var url = java.net.URI.create("http://127.0.0.1:" + edge.adminPort() + "/metrics").toURL();
    try (var in = url.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Speaks to the edge as an account with all scopes. */
  public Api api(String accountId) {
    return new Api(edge.port(), tokens, accountId);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    String account =
        serve(
            "account",
            List.of(accounts, follows, new FakeKeys(tokens.issuerKey()), oauth, exchange));
    String board = serve("board", List.of(boards, sections));
    String pin = serve("pin", List.of(pins, analytics, media, videos));
    String collage =
        collagesServed
            ? serve("collage", List.of(collages, edits, rendering, publishing))
            : "127.0.0.1:1";
    edge =
        EdgeServer.start(
            config(
                tokens,
                0,
                account,
                board,
                pin,
                collage,
                requestTimeout,
                transferTimeout,
                idleTimeout,
                oidc,
                clientAddresses,
                redis.get(),
                limits));
    running.add(edge);
  }

  /** Settings for a test, with the edge's own keys in files. */
  public static EdgeConfig config(
      TestTokens tokens, int port, String account, String board, String pin, String collage)
      throws IOException {
    Duration request = Duration.ofSeconds(10);
    Duration minute = Duration.ofMinutes(1);
    return config(
        tokens,
        port,
        account,
        board,
        pin,
        collage,
        request,
        minute,
        minute,
        Optional.empty(),
        ClientAddresses.DIRECT,
        "",
        RateLimits.NONE);
  }

  private static EdgeConfig config(
      TestTokens tokens,
      int port,
      String account,
      String board,
      String pin,
      String collage,
      Duration requestTimeout,
      Duration transferTimeout,
      Duration idleTimeout,
      Optional<OidcConfig> oidc,
      ClientAddresses clientAddresses,
      String redisUri,
      RateLimits limits)
      throws IOException {
    Path keys = Files.createTempDirectory("edge-keys");
    ServiceIdentity self = tokens.identity("edge");
    return new EdgeConfig(
        "127.0.0.1",
        port,
        "127.0.0.1",
        0,
        account,
        board,
        pin,
        collage,
        PUBLIC_URL,
        TestTokens.ISSUER,
        oidc,
        Files.writeString(keys.resolve("edge.jwk"), self.key().toJSONString()),
        Files.writeString(keys.resolve("services.jwks"), self.peers().toString()),
        100,
        2,
        30,
        requestTimeout,
        transferTimeout,
        idleTimeout,
        clientAddresses,
        redisUri,
        limits,
        TraceConfig.OFF);
  }

  private String serve(String name, List<BindableService> services) {
    GrpcServer server =
        GrpcServer.start(
            new GrpcServer.Options(
                name,
                "127.0.0.1",
                0,
                false,
                services,
                new AuthInterceptor(tokens.verifier(name)),
                new SimpleMeterRegistry(),
                Tracing.OFF));
    running.add(server);
    return "127.0.0.1:" + server.port();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    Collections.reverse(running);
    for (AutoCloseable each : running) each.close();
  }
}
