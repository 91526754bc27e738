// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corkboard.edge.testing.Answer;
import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.edge.testing.RawHttp;
import dev.corkboard.platform.testing.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LargeBodiesTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private final Api api = edge.api("7");

  private Socket begin(String authorization) throws IOException {
    return RawHttp.begin(
        edge.edge().port(),
        "POST /v5/pins HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            + "content-length: 30000000\r\n"
            + authorization
            + "\r\n{\"board_id\":");
  }

  private Answer large() {
    String source = "{\"source_type\":\"image_url\",\"url\":\"https://x.example\"}";
    return api.post(
        "/v5/pins",
        "{\"board_id\":\"1\",\"media_source\":"
            + source
            + ",\"x\":\""
            + "x".repeat(2 << 20)
            + "\"}");
  }

  @Test
  void t7ABodyIsNotWaitedForWithoutAToken() throws IOException {
    try (Socket socket = begin("")) {
      byte[] answer = socket.getInputStream().readNBytes(12);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401");
    }
  }

  @Test
  void t7ALargeBodyWithoutATokenIsRefused() {
    for (int mib : new int[] {2, 20}) {
      api.send(
              api.anonymous("/v5/pins")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(new byte[mib << 20])))
          .fails(401, 2, "Authentication failed.");
    }
  }

  @Test
  void onlySoManyLargeBodiesAreInMemoryAtOnce() throws IOException {
    String token = "authorization: Bearer " + api.token(TestTokens.ALL_SCOPES) + "\r\n";
    List<Socket> holding = new ArrayList<>();
    try {
      await()
          .until(
              () -> {
                holding.add(begin(token));
                return large().status() == 429;
              });
      assertThat(holding).hasSizeGreaterThanOrEqualTo(2);
      Answer refused = large().fails(429, 8, "This request exceeded a rate limit.");
      assertThat(refused.header("retry-after")).isEqualTo("1");
      api.post("/v5/pins", "{}").fails(400, 1, "media_source");
    } finally {
      for (Socket socket : holding) socket.close();
    }
    await().untilAsserted(() -> large().has(201));
  }

  private Answer file() {
    return api.send(
        api.withBody("POST", "/v1/collages/import", BodyPublishers.ofByteArray(new byte[2 << 20])));
  }

  @Test
  void aFileOfACollageTakesThePlacesOfTwo() throws IOException {
    String token = "authorization: Bearer " + api.token(TestTokens.ALL_SCOPES) + "\r\n";
    try (Socket one = begin(token)) {
      await().untilAsserted(() -> file().fails(429, 8, "This request exceeded a rate limit."));
      large().has(201);
      assertThat(one.getInputStream().available()).isZero();
    }
    await().untilAsserted(() -> file().fails(400, 1, "body: "));
  }
}
