// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.edge.http.ClientAddresses;
import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.platform.config.Env;
import dev.corkboard.stores.TestStores;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose requests are counted together, with proxies in front of the edge and without. */
class ClientAddressesIT {
  private static final RateLimits ONCE =
      new RateLimits(
          Map.of(Category.ORG_READ, new Limit(1, Duration.ofHours(1))), Duration.ofSeconds(20));

  @RegisterExtension
  static final EdgeExtension behind =
      new EdgeExtension()
          .withLimits(ONCE, TestStores::redis)
          .behind(
              ClientAddresses.fromEnv(
                  Env.of(Map.of("EDGE_TRUSTED_PROXIES", "127.0.0.1, ::1, 10.1.0.0/16"))));

  @RegisterExtension
  static final EdgeExtension direct = new EdgeExtension().withLimits(ONCE, TestStores::redis);

  /**
   * Whether a request for a token is let through; it is counted by app and address, and each test
   * has an app of its own.
   */
  private static boolean isLetThrough(EdgeExtension edge, String app, String... headers) {
    Api api = edge.api("7");
    HttpRequest.Builder request = api.appRequest("/v5/oauth/token", app, "grant_type=nothing");
    if (headers.length > 0) request.headers(headers);
    Answer answer = api.send(request);
    return answer.status() != 429;
  }

  @Test
  void clientsBehindAProxyAreToldApart() {
    assertThat(isLetThrough(behind, "apart", "X-Forwarded-For", "203.0.113.1")).isTrue();
    assertThat(isLetThrough(behind, "apart", "X-Forwarded-For", "203.0.113.1")).isFalse();
    assertThat(isLetThrough(behind, "apart", "X-Forwarded-For", "203.0.113.2")).isTrue();
    assertThat(isLetThrough(behind, "apart", "Forwarded", "for=203.0.113.2")).isFalse();
  }

  @Test
  void whatAClientMakesUpInFrontOfItsAddressIsNotBelieved() {
    assertThat(
            isLetThrough(
                behind, "made-up", "X-Forwarded-For", "198.51.100.1, 203.0.113.1, 10.1.2.3"))
        .isTrue();
    assertThat(
            isLetThrough(
                behind, "made-up", "X-Forwarded-For", "198.51.100.2, 203.0.113.1, 10.1.2.3"))
        .isFalse();
    assertThat(isLetThrough(behind, "made-up", "X-Forwarded-For", "203.0.113.1")).isFalse();
  }

  @Test
  void withoutProxiesNobodyIsBelieved() {
    assertThat(isLetThrough(direct, "direct", "X-Forwarded-For", "203.0.113.1")).isTrue();
    assertThat(isLetThrough(direct, "direct", "X-Forwarded-For", "203.0.113.2")).isFalse();
    assertThat(isLetThrough(direct, "direct")).isFalse();
  }
}
