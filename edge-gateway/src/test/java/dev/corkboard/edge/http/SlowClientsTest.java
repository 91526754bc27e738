// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.edge.testing.RawHttp;
import dev.corkboard.platform.testing.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients that take their time are ended by the edge's own limits, however little they send. */
class SlowClientsTest {
  private static final Logger log = LoggerFactory.getLogger(SlowClientsTest.class);
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final String EMPTY_SETTINGS = "\0\0\0\4\0\0\0\0\0";

  @RegisterExtension static final EdgeExtension edge = new EdgeExtension(Duration.ofMillis(700));

  private final ScheduledExecutorService trickle = Executors.newScheduledThreadPool(1);
  private final Api api = edge.api("7");

  @AfterEach
  void stop() {
    trickle.shutdownNow();
  }

  /** All at once: each answer, by what was sent, when the edge has closed every connection. */
  private Map<String, String> answers(Map<String, String> beginnings) throws IOException {
    Map<String, Socket> sockets = new LinkedHashMap<>();
    for (String first : beginnings.keySet()) {
      sockets.put(first, RawHttp.begin(edge.edge().port(), first));
    }
    trickle.scheduleAtFixedRate(
        () -> sockets.forEach((first, socket) -> send(socket, beginnings.get(first))),
        50,
        50,
        TimeUnit.MILLISECONDS);
    Map<String, String> answers = new LinkedHashMap<>();
    for (var socket : sockets.entrySet()) {
      answers.put(socket.getKey(), read(socket.getValue()));
      socket.getValue().close();
    }
    return answers;
  }

  /** Beginnings of requests, each going on with the same bytes again and again. */
  private static Map<String, String> begun(String next, String... firsts) {
    Map<String, String> beginnings = new LinkedHashMap<>();
    for (String first : firsts) beginnings.put(first, next);
    return beginnings;
  }

  private static void send(Socket socket, String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException closed) {
      // As it must come to be.
    }
  }

  private static String read(Socket socket) throws IOException {
    StringBuilder all = new StringBuilder();
    byte[] chunk = new byte[4_096];
    try {
      for (int n = socket.getInputStream().read(chunk); n >= 0; ) {
        all.append(new String(chunk, 0, n, StandardCharsets.ISO_8859_1));
        n = socket.getInputStream().read(chunk);
      }
    } catch (SocketException reset) {
      return all.toString();
    }
    return all.toString();
  }

  private String head(String line) {
    return line
        + " HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: Bearer "
        + api.token(TestTokens.ALL_SCOPES)
        + "\r\n";
  }

  @Test
  void aConnectionOnWhichNoRequestComesIsEnded() throws IOException {
    Map<String, String> beginnings =
        begun(
            "",
            "",
            "G",
            "P",
            "PRI * HT",
            "GET /v5/boards HTTP/1.1\r\nhost: x",
            "GET /v5/boards HTTP/1.1\r\nhost: x\r\n",
            PREFACE,
            PREFACE + EMPTY_SETTINGS,
            // A block of headers without its end.
            PREFACE + EMPTY_SETTINGS + "\0\0\1\1\0\0\0\0\1\u0082");
    assertThat(answers(beginnings)).hasSize(9).allSatisfy(SlowClientsTest::isNoServerError);
    api.get("/v5/boards").isOk();
  }

  private static void isNoServerError(String sent, String answer) {
    assertThat(answer).as(sent).doesNotContain("HTTP/1.1 5");
  }

  @Test
  void headersThatTrickleAreEnded() throws IOException {
    Map<String, String> beginnings =
        begun(
            "x",
            "G",
            "GET /v5/boards HTTP/1.1\r\nhost: x",
            "GET /v5/boards HTTP/1.1\r\nhost: x\r\nx: ",
            "GET /v5/boards HTTP/1.1\r\nhost: x\r\ncookie: a=b; ");
    assertThat(answers(beginnings)).hasSize(4).allSatisfy(SlowClientsTest::isNoServerError);
    api.get("/v5/boards").isOk();
  }

  @Test
  void aBodyThatTricklesIsARequestTimeout() throws IOException {
    Map<String, String> beginnings = new LinkedHashMap<>();
    for (String line : new String[] {"POST /v5/boards", "PATCH /v5/boards/1", "POST /v5/pins"}) {
      beginnings.put(head(line) + "content-length: 100000\r\n\r\n{", " ");
      beginnings.put(head(line) + "transfer-encoding: chunked\r\n\r\n1\r\n{\r\n", "1\r\n \r\n");
    }
    // Two large bodies may be in memory at once, and one of unknown size counts as large.
    assertThat(answers(beginnings))
        .hasSize(6)
        .allSatisfy(
            (sent, answer) ->
                assertThat(answer)
                    .startsWith("HTTP/1.1 408")
                    .contains("\"code\":408", "x-pinterest-rid: "));
    api.get("/v5/boards").isOk();
  }

  @Test
  void fiftySlowClientsKeepNobodyElseOut() throws IOException {
    List<Socket> slow = new ArrayList<>();
    String body = head("POST /v5/boards") + "content-length: 1000\r\n\r\n{";
    for (int i = 0; i < 50; i++) {
      slow.add(RawHttp.begin(edge.edge().port(), i % 2 == 0 ? "GET / HTTP/1.1\r\nx: " : body));
    }
    trickle.scheduleAtFixedRate(
        () -> slow.forEach(socket -> send(socket, " ")), 50, 50, TimeUnit.MILLISECONDS);
    api.get("/v5/boards").isOk();
    int errors = 0;
    for (Socket socket : slow) {
      if (read(socket).startsWith("HTTP/1.1 5")) errors++;
      socket.close();
    }
    assertThat(errors).isZero();
    api.get("/v5/boards").isOk();
    log.info("slow clients {}: ended by the edge {}, 5xx {}", slow.size(), slow.size(), errors);
  }
}
