// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.platform.testing.Http2Wire;
import dev.corkboard.platform.testing.Http2Wire.Frame;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Floods of streams and headers without end, over HTTP/2, at the edge and at a service. */
class HostileStreamsIT {
  private static final Logger log = LoggerFactory.getLogger(HostileStreamsIT.class);

  /** How many may be open on one connection: to the edge, to a service. */
  private static final int MAX_STREAMS = 100;

  private static final int MAX_CALLS = 1_000;
  private static final int STREAMS = 10_000;
  private static final Set<String> ANSWERS =
      Set.of("status 200", "status 429", "grpc-status 0", "grpc-status 8");

  /** REFUSED_STREAM, ENHANCE_YOUR_CALM, PROTOCOL_ERROR (data on a refused stream), or no word. */
  private static final Set<String> REFUSALS = Set.of("reset 7", "goaway 11", "goaway 1", "closed");

  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final String board = owner.createBoard("PUBLIC");
  private final String token = owner.account().token();
  private final int edge = URI.create(suite.edge()).getPort();
  private final Memory memory = new Memory();

  private int grpc() {
    return Integer.parseInt(suite.grpc("board").replaceAll(".*:", ""));
  }

  private Map<String, String> restHeaders() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(":method", "GET");
    headers.put(":scheme", "http");
    headers.put(":path", "/v5/boards/" + board);
    headers.put(":authority", "x");
    headers.put("authorization", "Bearer " + token);
    return headers;
  }

  private Map<String, String> grpcHeaders() {
    Map<String, String> headers = restHeaders();
    headers.put(":method", "POST");
    headers.put(":path", "/" + BoardServiceGrpc.SERVICE_NAME + "/ListBoards");
    headers.put("content-type", "application/grpc");
    headers.put("te", "trailers");
    return headers;
  }

  private void assertStillServes() {
    owner.get("/v5/boards/" + board).expect(200);
    assertThat(owner.ids("/v5/boards", 25)).containsExactly(board);
  }

  @FunctionalInterface
  private interface Streams {
    void open(Http2Wire wire, int stream) throws IOException;
  }

  /** Opens streams at once and counts how each of them, or the connection, ended. */
  private static Map<String, Integer> flood(int port, boolean polite, int streams, Streams opening)
      throws Exception {
    return flood(port, polite, streams, 0, opening);
  }

  /** The same, until only some are left open. */
  private static Map<String, Integer> flood(
      int port, boolean polite, int streams, int left, Streams opening) throws Exception {
    Map<String, Integer> ends = new TreeMap<>();
    try (Http2Wire wire = new Http2Wire(port)) {
      if (polite) wire.acknowledge();
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < streams; i++) opening.open(wire, 2 * i + 1);
                  wire.ping();
                } catch (IOException closed) {
                  // The server has had enough.
                }
              });
      int open = streams;
      while (open > left) {
        Frame frame = wire.read();
        String end = frame == null ? "closed" : end(wire, frame);
        if (!end.isEmpty()) ends.merge(end, 1, Integer::sum);
        if (frame == null) break;
        if (isEnd(frame)) open--;
      }
      wire.close();
      sent.join();
    }
    return ends;
  }

  private static boolean isEnd(Frame frame) {
    return switch (frame.type()) {
      case Http2Wire.RST_STREAM -> true;
      case Http2Wire.DATA, Http2Wire.HEADERS -> (frame.flags() & Http2Wire.END_STREAM) != 0;
      default -> false;
    };
  }

  private static String end(Http2Wire wire, Frame frame) throws Exception {
    return switch (frame.type()) {
      case Http2Wire.HEADERS -> {
        var headers = wire.decode(frame);
        CharSequence grpc = headers.get("grpc-status");
        yield grpc != null ? "grpc-status " + grpc : "status " + headers.status();
      }
      case Http2Wire.RST_STREAM -> "reset " + frame.code();
      case Http2Wire.GOAWAY -> "goaway " + frame.code();
      default -> "";
    };
  }

  /** Streams were answered or refused, and not one of them failed. */
  private static void assertAnsweredOrRefused(Map<String, Integer> ends) {
    assertThat(ends.keySet())
        .isNotEmpty()
        .allMatch(end -> ANSWERS.contains(end) || REFUSALS.contains(end));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tenThousandStreamsAtOnceAreAnsweredOrRefused(boolean polite) throws Exception {
    byte[] rest = Http2Wire.block(restHeaders());
    int both = Http2Wire.END_STREAM | Http2Wire.END_HEADERS;
    Map<String, Integer> ends =
        flood(
            edge,
            polite,
            STREAMS,
            (wire, stream) -> wire.frame(Http2Wire.HEADERS, both, stream, rest));
    byte[] call = Http2Wire.block(grpcHeaders());
    Map<String, Integer> calls =
        flood(
            grpc(),
            polite,
            STREAMS,
            (wire, stream) -> {
              wire.frame(Http2Wire.HEADERS, Http2Wire.END_HEADERS, stream, call);
              wire.frame(Http2Wire.DATA, Http2Wire.END_STREAM, stream, new byte[5]);
            });
    log.info(
        "streams at once {}, settings acknowledged {}: REST {}, gRPC {}, memory {} MiB",
        STREAMS,
        polite,
        ends,
        calls,
        memory.growth());
    assertAnsweredOrRefused(ends);
    assertAnsweredOrRefused(calls);
    assertStillServes();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tenThousandStreamsHeldOpenAreRefusedBeyondTheLimit(boolean polite) throws Exception {
    Map<String, String> unfinished = restHeaders();
    unfinished.put(":method", "POST");
    unfinished.put(":path", "/v5/boards");
    unfinished.put("content-length", "10");
    Map<String, Integer> ends = hold(edge, polite, MAX_STREAMS, unfinished);
    Map<String, Integer> calls = hold(grpc(), polite, MAX_CALLS, grpcHeaders());
    log.info(
        "streams held open {}, settings acknowledged {}: REST {}, gRPC {}, memory {} MiB",
        STREAMS,
        polite,
        ends,
        calls,
        memory.growth());
    assertThat(ends.keySet()).isNotEmpty().allMatch(REFUSALS::contains);
    assertThat(calls.keySet()).isNotEmpty().allMatch(REFUSALS::contains);
    assertStillServes();
  }

  /** Begins requests and finishes none. */
  private static Map<String, Integer> hold(
      int port, boolean polite, int limit, Map<String, String> headers) throws Exception {
    byte[] block = Http2Wire.block(headers);
    return flood(
        port,
        polite,
        STREAMS,
        limit,
        (wire, stream) -> wire.frame(Http2Wire.HEADERS, Http2Wire.END_HEADERS, stream, block));
  }

  @Test
  void rapidResetEndsTheConnection() throws Exception {
    byte[] rest = Http2Wire.block(restHeaders());
    int both = Http2Wire.END_STREAM | Http2Wire.END_HEADERS;
    Map<String, Integer> ends =
        flood(
            edge,
            true,
            STREAMS,
            (wire, stream) -> {
              wire.frame(Http2Wire.HEADERS, both, stream, rest);
              wire.reset(stream);
            });
    byte[] call = Http2Wire.block(grpcHeaders());
    Map<String, Integer> calls =
        flood(
            grpc(),
            true,
            2 * STREAMS,
            (wire, stream) -> {
              wire.frame(Http2Wire.HEADERS, Http2Wire.END_HEADERS, stream, call);
              wire.reset(stream);
            });
    log.info(
        "rapid resets {} and twice as many: REST {}, gRPC {}, memory {} MiB",
        STREAMS,
        ends,
        calls,
        memory.growth());
    assertThat(ends).containsKey("closed");
    assertThat(calls).containsKey("closed");
    assertStillServes();
  }

  @Test
  void headersWithoutEndEndTheConnection() throws Exception {
    for (int port : new int[] {edge, grpc()}) {
      try (Http2Wire wire = new Http2Wire(port)) {
        byte[] more = Http2Wire.block(Map.of("x-more", "y".repeat(8_000)));
        boolean closed = false;
        try {
          wire.frame(Http2Wire.HEADERS, 0, 1, Http2Wire.block(restHeaders()));
          for (int i = 0; i < 10_000; i++) {
            wire.frame(Http2Wire.CONTINUATION, 0, 1, more);
            wire.flush();
          }
        } catch (IOException refused) {
          closed = true;
        }
        assertThat(closed).as("80 MB of headers were taken in").isTrue();
      }
    }
    assertStillServes();
    log.info("continuations without end: connections ended 2, memory {} MiB", memory.growth());
  }
}
