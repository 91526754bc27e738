// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be done to the edge below the level of requests, over HTTP/1.1. */
class HostileTransportIT {
  private static final Logger log = LoggerFactory.getLogger(HostileTransportIT.class);

  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final String board = owner.createBoard("PUBLIC");
  private final String token = owner.account().token();

  private void assertStillServes() {
    owner.get("/v5/boards/" + board).expect(200);
    assertThat(owner.ids("/v5/boards", 25)).containsExactly(board);
  }

  private String head(String line) {
    return line + "\r\nauthorization: Bearer " + token + "\r\n";
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nhost: x";
  }

  @Test
  void headersOverTheLimitAreRefused() {
    Map<String, String> requests = new LinkedHashMap<>();
    String end = "\r\n";
    requests.put("one of 64 KiB", head(get("/v5/boards")) + "x: " + "y".repeat(65_536) + end + end);
    requests.put(
        "a name of 64 KiB", head(get("/v5/boards")) + "y".repeat(65_536) + ": x" + end + end);
    requests.put("8,000 small ones", head(get("/v5/boards")) + "a: b\r\n".repeat(8_000) + end);
    requests.put(
        "one token of 64 KiB",
        get("/v5/boards") + end + "authorization: Bearer " + "a".repeat(65_536) + end + end);
    requests.put(
        "one cookie of 64 KiB",
        head(get("/v5/boards")) + "cookie: " + "a=b; ".repeat(13_000) + end + end);
    requests.forEach(
        (what, request) -> Wire.assertRefused(what, Wire.exchange(suite.edge(), request), 431));
    String line = head(get("/v5/boards?x=" + "y".repeat(65_536))) + end;
    Wire.assertRefused("a line of 64 KiB", Wire.exchange(suite.edge(), line), 414);
    assertStillServes();
    log.info("headers over the limit {}: accepted 0, 5xx 0", requests.size() + 1);
  }

  /** A second request hidden in the first: if it is heard, it deletes the board. */
  private String hidden() {
    return head("DELETE /v5/boards/" + board + " HTTP/1.1\r\nhost: x")
        + "content-length: 0\r\n\r\n";
  }

  private Map<String, String> smuggled() {
    String post =
        head("POST /v5/boards HTTP/1.1\r\nhost: x") + "content-type: application/json\r\n";
    String hidden = hidden();
    String chunks = "0\r\n\r\n" + hidden;
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put(
        "length and chunks",
        post
            + "content-length: "
            + chunks.length()
            + "\r\ntransfer-encoding: chunked\r\n\r\n"
            + chunks);
    requests.put(
        "chunks and length",
        post
            + "transfer-encoding: chunked\r\ncontent-length: "
            + chunks.length()
            + "\r\n\r\n"
            + chunks);
    requests.put(
        "two lengths",
        post + "content-length: 0\r\ncontent-length: " + hidden.length() + "\r\n\r\n" + hidden);
    requests.put(
        "lengths in a list", post + "content-length: 0, " + hidden.length() + "\r\n\r\n" + hidden);
    requests.put("length with a plus", post + "content-length: +0\r\n\r\n" + hidden);
    requests.put("length negative", post + "content-length: -1\r\n\r\n" + hidden);
    requests.put("length in hexadecimal", post + "content-length: 0x0\r\n\r\n" + hidden);
    requests.put(
        "length over 64 bits", post + "content-length: 18446744073709551616\r\n\r\n" + hidden);
    requests.put("length with a blank inside", post + "content-length: 0 0\r\n\r\n" + hidden);
    requests.put(
        "length with a blank before the colon", post + "content-length : 0\r\n\r\n" + hidden);
    for (String encoding :
        new String[] {
          "chunked, identity",
          "identity",
          "xchunked",
          "chunked, chunked",
          "gzip",
          "chunked\u000b",
          "\"chunked\"",
          "cow"
        }) {
      requests.put(
          "encoding " + encoding, post + "transfer-encoding: " + encoding + "\r\n\r\n" + chunks);
    }
    requests.put(
        "encoding twice",
        post + "transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n" + chunks);
    requests.put(
        "encoding with a blank before the colon",
        post + "transfer-encoding : chunked\r\ncontent-length: 0\r\n\r\n" + chunks);
    requests.put(
        "encoding folded",
        post + "transfer-encoding:\r\n chunked\r\ncontent-length: 0\r\n\r\n" + chunks);
    requests.put(
        "encoding in HTTP/1.0",
        post.replace("HTTP/1.1", "HTTP/1.0")
            + "transfer-encoding: chunked\r\ncontent-length: 0\r\n\r\n"
            + chunks);
    requests.put(
        "chunk of negative size", post + "transfer-encoding: chunked\r\n\r\n-1\r\n\r\n" + hidden);
    requests.put(
        "chunk of no size", post + "transfer-encoding: chunked\r\n\r\nxyz\r\n\r\n" + hidden);
    requests.put(
        "chunk over 64 bits",
        post + "transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n\r\n" + hidden);
    requests.put(
        "chunk longer than it says",
        post + "transfer-encoding: chunked\r\n\r\n1\r\n{}\r\n" + hidden);
    requests.put(
        "a line ended by a bare CR", post + "x: y\rtransfer-encoding: chunked\r\n\r\n" + chunks);
    requests.put("NUL in a header", post + "x: a\u0000b\r\ncontent-length: 0\r\n\r\n" + hidden);
    requests.put(
        "a header without a colon", post + "nonsense\r\ncontent-length: 0\r\n\r\n" + hidden);
    requests.put(
        "a header that begins the block",
        post.replaceFirst("\r\nhost", "\r\n host") + "content-length: 0\r\n\r\n" + hidden);
    requests.put("an empty name", post + ": x\r\ncontent-length: 0\r\n\r\n" + hidden);
    return requests;
  }

  @Test
  void noRequestIsSmuggledInAnother() {
    int kept = 0;
    Map<String, String> requests = smuggled();
    for (var request : requests.entrySet()) {
      try (Wire wire = new Wire(suite.edge())) {
        wire.send(request.getValue());
        String answer = wire.answer();
        int status = Wire.status(answer);
        assertThat(status).as("%s: %s", request.getKey(), answer).isBetween(400, 499);
        Wire.assertRefused(request.getKey(), answer, status);
        String more = wire.rest();
        assertThat(Wire.answers(more)).as("%s: %s", request.getKey(), more).isZero();
        if (owner.get("/v5/boards/" + board).status() != 200) kept++;
      }
    }
    assertThat(kept).isZero();
    assertStillServes();
    log.info("smuggled requests {}: heard {}, 5xx 0", requests.size(), kept);
  }

  @Test
  void linesThatAreNoRequestAreRefused() {
    Map<String, Integer> lines = new LinkedHashMap<>();
    lines.put("GET /v5/boards HTTP/1.1 x\r\nhost: x", 400);
    lines.put("GET  /v5/boards\r\nhost: x", 400);
    lines.put("/v5/boards HTTP/1.1\r\nhost: x", 400);
    lines.put("GET v5/boards HTTP/1.1\r\nhost: x", 400);
    lines.put("GET \\v5\\boards HTTP/1.1\r\nhost: x", 400);
    lines.put("GET /v5/../../etc/passwd HTTP/1.1\r\nhost: x", 400);
    lines.put("GET /v5/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nhost: x", 400);
    lines.put("GET /v5/boards%00 HTTP/1.1\r\nhost: x", 400);
    lines.put("GET /v5/boards/%c0%ae HTTP/1.1\r\nhost: x", 400);
    lines.put("GET http://evil.example/v5/nothing HTTP/1.1\r\nhost: x", 400);
    lines.put("CONNECT evil.example:443 HTTP/1.1\r\nhost: x", 400);
    lines.put("TRACE /v5/boards HTTP/1.1\r\nhost: x", 405);
    lines.put("FOO /v5/boards HTTP/1.1\r\nhost: x", 405);
    lines.put("get /v5/boards HTTP/1.1\r\nhost: x", 405);
    lines.put("PROPFIND /v5/boards HTTP/1.1\r\nhost: x", 405);
    lines.put("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003 TLS", 400);
    Map<String, Integer> wrong = new LinkedHashMap<>();
    lines.forEach(
        (line, status) -> {
          String answer = Wire.exchange(suite.edge(), head(line) + "\r\n");
          int came = Wire.status(answer);
          if (came != status) wrong.put(line, came);
          if (came >= 400) Wire.assertRefused(line, answer, came);
        });
    assertThat(wrong).isEmpty();
    assertStillServes();
    log.info("lines that are no request {}: accepted 0, 5xx 0", lines.size());
  }

  @Test
  void garbageBehindARequestIsRefused() {
    String good = head(get("/v5/boards/" + board)) + "\r\n";
    for (String garbage :
        new String[] {"\u0000\u0001\u0002\r\n\r\n", "x\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"}) {
      try (Wire wire = new Wire(suite.edge())) {
        wire.send(good + good + garbage);
        assertThat(Wire.status(wire.answer())).isEqualTo(200);
        assertThat(Wire.status(wire.answer())).isEqualTo(200);
        Wire.assertRefused(garbage, wire.answer(), 400);
      }
    }
    assertStillServes();
  }
}
