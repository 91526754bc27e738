// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.platform.config.Env;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits without a Redis: open for those who have a token, closed for those who want one. */
class RedisAwayTest {
  @RegisterExtension
  static final EdgeExtension edge =
      new EdgeExtension()
          .withLimits(RateLimits.fromEnv(Env.of(Map.of())), () -> "redis://127.0.0.1:1");

  private final Api api = edge.api("7");

  @Test
  void readsAndWritesGoOnAndNothingIsSaidOfTheLimit() throws IOException {
    for (Answer answer :
        new Answer[] {
          api.get("/v5/boards").isOk(), api.post("/v5/boards", "{\"name\":\"Away\"}").has(201)
        }) {
      assertThat(answer.header("x-ratelimit-limit")).isEmpty();
      assertThat(answer.header("x-ratelimit-remaining")).isEmpty();
      assertThat(answer.header("x-ratelimit-reset")).isEmpty();
    }
    assertThat(edge.metrics())
        .contains("corkboard_edge_limits_total{")
        .contains("category=\"org_write\"")
        .contains("verdict=\"unknown\"");
  }

  @Test
  void tokensAreRefusedAndMayBeAskedForAgain() {
    Answer refused =
        api.asApp("/v5/oauth/token", "grant_type=client_credentials&scope=boards:read");
    refused.fails(503, 503, "The service is not available.");
    assertThat(refused.header("retry-after")).isEqualTo("1");
  }

  @Test
  void tokensMayBeRevoked() {
    api.asApp("/v5/oauth/token/revoke", "token=t").isOk();
  }

  @Test
  void nobodyTriesPasswords() {
    String query = "client_id%3D9%26redirect_uri%3Dhttps%3A%2F%2Fclient.example%2Fback%3Fx%253D1";
    Answer page =
        api.send(
            api.anonymous("/oauth/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    BodyPublishers.ofString(
                        "username=alice&password=pass+word&query="
                            + query
                            + "%26response_type%3Dcode%26scope%3Dboards%3Aread")));
    assertThat(page.status()).isEqualTo(503);
    assertThat(page.header("content-type")).startsWith("text/html");
    assertThat(edge.oauth().sessions()).isEmpty();
  }
}
