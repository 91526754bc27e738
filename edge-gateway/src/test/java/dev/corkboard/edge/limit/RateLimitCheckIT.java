// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.edge.testing.FakeOAuth;
import dev.corkboard.stores.TestStores;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who shares a bucket with whom, and what is said of it. Every test has accounts of its own. */
class RateLimitCheckIT {
  private static final AtomicLong IDS = new AtomicLong(System.nanoTime());

  @RegisterExtension
  static final EdgeExtension edge =
      new EdgeExtension()
          .withLimits(
              new RateLimits(
                  Map.of(
                      Category.ORG_READ, new Limit(2, Duration.ofHours(1)),
                      Category.SIGN_IN, new Limit(2, Duration.ofHours(1))),
                  Duration.ofSeconds(20)),
              TestStores::redis);

  private final String account = id();
  private final Api api = edge.api(account);

  private static String id() {
    return Long.toString(IDS.incrementAndGet());
  }

  private Answer boards(String token) {
    return api.send(api.anonymous("/v5/boards").header("Authorization", "Bearer " + token).GET());
  }

  private void useUp(String token) {
    boards(token).isOk();
    boards(token).isOk();
    boards(token).fails(429, 8, "This request exceeded a rate limit.");
  }

  private static String header(Answer answer, String name) {
    return answer.header("x-ratelimit-" + name);
  }

  @Test
  void answersSayWhatIsLeftErrorsIncluded() {
    Answer first = api.get("/v5/boards").isOk();
    assertThat(header(first, "limit")).isEqualTo("2");
    assertThat(header(first, "remaining")).isEqualTo("1");
    assertThat(header(first, "reset")).isEqualTo("1800");
    assertThat(header(api.get("/v5/boards/1").has(404), "remaining")).isEqualTo("0");
    Answer refused = api.get("/v5/boards");
    refused.fails(429, 8, "This request exceeded a rate limit. Try again in ");
    assertThat(header(refused, "limit")).isEqualTo("2");
    assertThat(header(refused, "remaining")).isEqualTo("0");
    assertThat(Long.parseLong(header(refused, "reset"))).isBetween(1_800L, 3_600L);
    assertThat(Long.parseLong(refused.header("retry-after"))).isBetween(1_000L, 1_800L);
  }

  @Test
  void whoIsNotLetInIsNotCounted() {
    String noScopes = api.token(Set.of());
    for (int i = 0; i < 3; i++) {
      Answer answer = boards(noScopes).has(401);
      assertThat(header(answer, "limit")).isEmpty();
    }
    assertThat(header(api.get("/v5/boards"), "remaining")).isEqualTo("1");
  }

  @Test
  void anotherAppOrAccountOrCategoryIsUnaffected() {
    String app = id();
    useUp(edge.tokens().throughApp(account, app));
    boards(edge.tokens().throughApp(account, id())).isOk();
    boards(edge.tokens().throughApp(id(), app)).isOk();
    api.get("/v5/boards").isOk();
    api.post("/v5/boards", "{\"name\":\"Unlimited\"}").has(201);
  }

  @Test
  void anAppForItselfHasOneBucketForAllItDoes() {
    String app = id();
    useUp(edge.tokens().appOnly(account, app));
    boards(edge.tokens().appOnly(id(), app)).has(429);
    boards(edge.tokens().throughApp(account, app)).isOk();
  }

  @Test
  void tokensAreLimitedByApp() {
    String form = "grant_type=client_credentials&scope=boards:read";
    api.asApp("/v5/oauth/token", form).isOk();
    api.asApp("/v5/oauth/token", form).isOk();
    Answer refused = api.asApp("/v5/oauth/token", form);
    refused.fails(429, 8, "This request exceeded a rate limit.");
    assertThat(refused.header("retry-after")).isNotEmpty();
  }

  @Test
  void passwordsMayBeTriedAFewTimesForEachName() {
    String name = "n" + account;
    assertThat(signIn(name).status()).isEqualTo(401);
    assertThat(signIn("N" + account).status()).isEqualTo(401);
    Answer refused = signIn(name);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("retry-after")).isNotEmpty();
    assertThat(refused.header("content-type")).startsWith("text/html");
    assertThat(signIn(name + "x").status()).isEqualTo(401);
  }

  private Answer signIn(String username) {
    String query =
        "client_id="
            + FakeOAuth.APP
            + "&redirect_uri="
            + encoded(FakeOAuth.REDIRECT)
            + "&response_type=code&scope=boards:read";
    return api.send(
        api.anonymous("/oauth/sign-in")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "username=" + username + "&password=wrong+one&query=" + encoded(query))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
