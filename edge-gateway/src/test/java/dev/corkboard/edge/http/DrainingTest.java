// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.edge.testing.RawHttp;
import dev.corkboard.platform.testing.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of connections when the edge is told to stop. */
class DrainingTest {
  private static final String BODY = "{\"name\":\"Late\"}";

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension();

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c >= 0 && c != '\n'; ) {
      line.append((char) c);
      c = socket.getInputStream().read();
    }
    return line.toString().strip();
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void whatIsNotUsedIsClosedAndWhatIsGetsItsAnswer() throws IOException {
    int port = edge.edge().port();
    String get = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    try (Socket idle = RawHttp.begin(port, get);
        Socket busy =
            RawHttp.begin(
                port,
                "POST /v5/boards HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                    + "content-length: "
                    + BODY.length()
                    + "\r\nauthorization: Bearer "
                    + edge.api("7").token(TestTokens.ALL_SCOPES)
                    + "\r\n\r\n{")) {
      assertThat(line(idle)).isEqualTo("HTTP/1.1 200 OK");
      Awaitility.await()
          .until(() -> edge.metrics().contains("corkboard_edge_requests_seconds_count"));
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> edge.edge().close());
      assertThat(rest(idle)).endsWith("}");
      assertThat(stopped).isNotDone();
      send(busy, BODY.substring(1));
      assertThat(line(busy)).isEqualTo("HTTP/1.1 201 Created");
      assertThat(rest(busy)).contains("Late");
      stopped.join();
    }
  }
}
