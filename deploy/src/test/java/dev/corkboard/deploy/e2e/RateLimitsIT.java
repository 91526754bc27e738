// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corkboard.deploy.RunningSuite;
import dev.corkboard.deploy.e2e.Rest.Answer;
import dev.corkboard.deploy.faults.FaultProxy;
import dev.corkboard.edge.EdgeConfig;
import dev.corkboard.edge.EdgeServer;
import dev.corkboard.oauth.v1.App;
import dev.corkboard.oauth.v1.CreateAppRequest;
import dev.corkboard.oauth.v1.CreateAppResponse;
import dev.corkboard.oauth.v1.OAuthServiceGrpc;
import dev.corkboard.platform.client.Bearer;
import dev.corkboard.platform.config.Env;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Edges with small limits in front of the suite's services and Redis. */
class RateLimitsIT {
  private static final String THREE_AN_HOUR = "3/1h";

  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) each.close();
  }

  /** The URL of another edge with these settings. */
  private String edge(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(RunningSuite.get().settings());
    all.putAll(Map.of("EDGE_PORT", "0", "EDGE_ADMIN_PORT", "0"));
    all.putAll(settings);
    EdgeServer edge = EdgeServer.start(EdgeConfig.fromEnv(Env.of(all)));
    open.add(edge);
    return "http://127.0.0.1:" + edge.port();
  }

  private String edge() {
    return edge(Map.of("RATE_LIMIT_ORG_READ", THREE_AN_HOUR));
  }

  private Rest through(String edge, Rest somebody) {
    return through(edge, somebody, somebody.account().token());
  }

  private static Rest through(String edge, Rest somebody, String token) {
    return new Rest(edge, somebody.account(), token);
  }

  private static String header(Answer answer, String name) {
    return answer.response().headers().firstValue(name).orElse("");
  }

  private static String remaining(Answer answer) {
    return header(answer, "x-ratelimit-remaining");
  }

  private static void useUp(Rest somebody) {
    for (int i = 0; i < 3; i++) somebody.get("/v5/user_account").expect(200);
    somebody.get("/v5/user_account").expect(429);
  }

  @Test
  @DisplayName("T11 what is left counts down, and a request over the limit is told when to return")
  void t11Headers() {
    Rest rest = through(edge(), owner);
    assertThat(remaining(rest.get("/v5/boards").expect(200))).isEqualTo("2");
    assertThat(remaining(rest.get("/v5/boards/1").expect(404))).isEqualTo("1");
    assertThat(remaining(rest.get("/v5/boards?page_size=0").expect(400))).isEqualTo("0");
    Answer refused = rest.get("/v5/boards").expect(429, 8, "This request exceeded a rate limit.");
    assertThat(header(refused, "x-ratelimit-limit")).isEqualTo("3");
    assertThat(remaining(refused)).isEqualTo("0");
    assertThat(header(refused, "x-ratelimit-reset")).matches("\\d+");
    assertThat(Long.parseLong(header(refused, "retry-after"))).isBetween(600L, 1_200L);
  }

  @Test
  void whoWaitsIsServedAgain() {
    Rest rest = through(edge(Map.of("RATE_LIMIT_ORG_READ", "1/2s")), owner);
    rest.get("/v5/user_account").expect(200);
    await().until(() -> rest.get("/v5/user_account").status() == 200);
  }

  @Test
  void othersAndOtherWorkAreUnaffected() {
    String edge = edge();
    useUp(through(edge, owner));
    through(edge, suite.newAccount()).get("/v5/user_account").expect(200);
    through(edge, owner)
        .post("/v5/boards", Rest.object(o -> o.put("name", "Not a read")))
        .expect(201);
    useUp(through(edge, owner, appToken()));
    through(edge, owner, appToken()).get("/v5/user_account").expect(200);
  }

  @Test
  void edgesShareWhatIsLeft() {
    Rest one = through(edge(), owner);
    Rest other = through(edge(), owner);
    assertThat(remaining(one.get("/v5/boards").expect(200))).isEqualTo("2");
    assertThat(remaining(other.get("/v5/boards").expect(200))).isEqualTo("1");
    assertThat(remaining(one.get("/v5/boards").expect(200))).isEqualTo("0");
    other.get("/v5/boards").expect(429);
    one.get("/v5/boards").expect(429);
  }

  @Test
  void tokensAreLimitedByApp() {
    String edge = edge();
    CreateAppResponse app = app();
    for (int i = 0; i < 3; i++) accessToken(edge, app).expect(200);
    accessToken(edge, app).expect(429, 8, "This request exceeded a rate limit.");
    accessToken(edge, app()).expect(200);
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultProxy.Mode.class,
      names = {"CUT", "BLACK_HOLE"})
  void withoutRedisAllIsServedButTokens(FaultProxy.Mode fault) {
    FaultProxy proxy = new FaultProxy();
    URI redis = URI.create(suite.settings("REDIS_URI"));
    proxy.target(new InetSocketAddress(redis.getHost(), redis.getPort()));
    String edge =
        edge(
            Map.of(
                "RATE_LIMIT_ORG_READ",
                THREE_AN_HOUR,
                "RATE_LIMIT_TIMEOUT",
                "250ms",
                "EDGE_REDIS_URI",
                "redis://127.0.0.1:" + proxy.port()));
    open.add(proxy);
    Rest rest = through(edge, owner);
    CreateAppResponse app = app();
    await().until(() -> !remaining(rest.get("/v5/boards").expect(200)).isEmpty());
    await().until(() -> accessToken(edge, app).status() == 200);

    proxy.mode(fault);
    await().until(() -> remaining(rest.get("/v5/boards")).isEmpty());
    for (int i = 0; i < 5; i++) {
      assertThat(remaining(rest.get("/v5/boards").expect(200))).isEmpty();
    }
    rest.post("/v5/boards", Rest.object(o -> o.put("name", "Without Redis"))).expect(201);
    Answer refused = accessToken(edge, app).expect(503, 503, "The service is not available.");
    assertThat(header(refused, "retry-after")).isEqualTo("1");

    // What was lost in the hole is lost with its connection.
    proxy.mode(FaultProxy.Mode.CUT);
    proxy.mode(FaultProxy.Mode.PASS);
    await().until(() -> accessToken(edge, app()).status() == 200);
    await().until(() -> !remaining(rest.get("/v5/boards")).isEmpty());
  }

  /** An access token that a new app got for itself. */
  private String appToken() {
    return accessToken(suite.edge(), app()).expect(200).json().get("access_token").textValue();
  }

  private CreateAppResponse app() {
    String token = suite.serviceToken("operator", "account");
    try (GrpcChannels channels = new GrpcChannels(suite)) {
      return OAuthServiceGrpc.newBlockingStub(channels.to("account"))
          .withCallCredentials(new Bearer(token, UUID.randomUUID().toString()))
          .createApp(
              CreateAppRequest.newBuilder()
                  .setApp(
                      App.newBuilder()
                          .setName("Limited")
                          .addRedirectUris("http://127.0.0.1:9999/back")
                          .setOwnerId(owner.account().id()))
                  .build());
    }
  }

  /** What an app gets for itself through an edge. */
  private Answer accessToken(String edge, CreateAppResponse app) {
    String pair = app.getApp().getId() + ":" + app.getClientSecret();
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return suite
        .anonymous()
        .send(
            HttpRequest.newBuilder(URI.create(edge + "/v5/oauth/token"))
                .header("content-type", "application/x-www-form-urlencoded")
                .header("authorization", "Basic " + basic)
                .POST(
                    BodyPublishers.ofString(
                        "grant_type=client_credentials&scope=user_accounts:read"))
                .build());
  }
}
