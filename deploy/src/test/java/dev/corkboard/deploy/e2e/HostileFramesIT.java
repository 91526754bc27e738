// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.v1.BoardServiceGrpc;
import dev.corkboard.platform.testing.Http2Wire;
import dev.corkboard.platform.testing.Http2Wire.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of gRPC that no client would make, byte by byte, against board-service. */
class HostileFramesIT {
  private static final Logger log = LoggerFactory.getLogger(HostileFramesIT.class);
  private static final String UNKNOWN = "2";

  private final EndToEnd suite = EndToEnd.get();
  private final Rest owner = suite.newAccount();
  private final String board = owner.createBoard("PUBLIC");
  private final int port = Integer.parseInt(suite.grpc("board").replaceAll(".*:", ""));
  private final Memory memory = new Memory();

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(":method", "POST");
    headers.put(":scheme", "http");
    headers.put(":path", "/" + BoardServiceGrpc.SERVICE_NAME + "/CreateBoard");
    headers.put(":authority", "x");
    headers.put("te", "trailers");
    headers.put("content-type", "application/grpc");
    headers.put("authorization", "Bearer " + owner.account().token());
    return headers;
  }

  /** The gRPC status of a call; "closed" or "reset" when it got none. */
  private String status(Map<String, String> headers, byte[] data) throws Exception {
    try (Http2Wire wire = new Http2Wire(port)) {
      wire.acknowledge();
      wire.frame(Http2Wire.HEADERS, Http2Wire.END_HEADERS, 1, Http2Wire.block(headers));
      wire.frame(Http2Wire.DATA, Http2Wire.END_STREAM, 1, data);
      wire.flush();
      for (Frame frame = wire.read(); frame != null; frame = wire.read()) {
        if (frame.type() == Http2Wire.RST_STREAM) return "reset";
        if (frame.type() != Http2Wire.HEADERS) continue;
        CharSequence status = wire.decode(frame).get("grpc-status");
        if (status != null) return status.toString();
      }
      return "closed";
    } catch (IOException closed) {
      return "closed";
    }
  }

  private static byte[] message(int flag, long length, byte... bytes) {
    return ByteBuffer.allocate(5 + bytes.length)
        .put((byte) flag)
        .putInt((int) length)
        .put(bytes)
        .array();
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] whole(byte... bytes) {
    return message(0, bytes.length, bytes);
  }

  private static Map<String, byte[]> messages() {
    Map<String, byte[]> messages = new LinkedHashMap<>();
    messages.put("none", new byte[0]);
    messages.put("half a length", new byte[] {0, 0, 0});
    messages.put("shorter than it says", message(0, 100, (byte) 1));
    messages.put("longer than it says", message(0, 1, filled(100, 1)));
    messages.put("of 4 GiB", message(0, 0xFFFF_FFFFL));
    messages.put("of 2 GiB", message(0, 0x7FFF_FFFFL));
    messages.put("of 5 MiB", message(0, 5 << 20));
    messages.put("packed without saying how", message(1, 4, filled(4, 0)));
    messages.put("with an unknown flag", message(255, 4, filled(4, 0)));
    messages.put(
        "twice",
        ByteBuffer.allocate(14)
            .put(whole((byte) 18, (byte) 0))
            .put(whole((byte) 18, (byte) 0))
            .array());
    messages.put("of zeros", whole(filled(100, 0)));
    messages.put("of ones", whole(filled(100, 0xFF)));
    messages.put("of groups 10,000 deep", whole(filled(10_000, 0x0B)));
    messages.put("of a tag without end", whole(filled(20, 0x80)));
    messages.put("of a text that ends early", whole((byte) 0x0A, (byte) 0x7F, (byte) 'x'));
    messages.put(
        "of a negative length",
        whole((byte) 0x0A, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0x0F));
    messages.put(
        "of a text that is no UTF-8", whole((byte) 0x12, (byte) 2, (byte) 0xC0, (byte) 0xAF));
    messages.put(
        "of the wrong kind",
        whole((byte) 0x08, (byte) 1, (byte) 0x15, (byte) 1, (byte) 1, (byte) 1, (byte) 1));
    return messages;
  }

  @Test
  void noMessageThatIsNoneIsTakenIn() throws Exception {
    Map<String, String> statuses = new LinkedHashMap<>();
    for (var message : messages().entrySet()) {
      statuses.put(message.getKey(), status(headers(), message.getValue()));
    }
    log.info("messages {}: {}, memory {} MiB", statuses.size(), statuses, memory.growth());
    assertThat(statuses).allSatisfy(HostileFramesIT::isRefused);
    assertThat(owner.ids("/v5/boards", 25)).containsExactly(board);
    owner.createBoard("PUBLIC");
  }

  private static void isRefused(String what, String status) {
    assertThat(status).as(what).isNotIn("0", UNKNOWN);
  }

  @Test
  void noCallThatIsNoneIsTakenIn() throws Exception {
    Map<String, String[]> changes = new LinkedHashMap<>();
    changes.put("GET", new String[] {":method", "GET"});
    changes.put("an unknown service", new String[] {":path", "/x.Y/Z"});
    changes.put(
        "an unknown method", new String[] {":path", "/" + BoardServiceGrpc.SERVICE_NAME + "/X"});
    changes.put("no path", new String[] {":path", ""});
    changes.put("a path without a slash", new String[] {":path", "x"});
    changes.put("a path of dots", new String[] {":path", "/../../etc/passwd"});
    changes.put("another type", new String[] {"content-type", "application/json"});
    changes.put("an unknown packing", new String[] {"grpc-encoding", "zstd"});
    changes.put("a timeout of words", new String[] {"grpc-timeout", "soon"});
    changes.put("a timeout of no time", new String[] {"grpc-timeout", "0n"});
    changes.put("a timeout of ten digits", new String[] {"grpc-timeout", "9999999999H"});
    changes.put("a negative timeout", new String[] {"grpc-timeout", "-1S"});
    changes.put(
        "a token of 64 KiB", new String[] {"authorization", "Bearer " + "a".repeat(65_536)});
    changes.put("a name in capitals", new String[] {"X-Y", "z"});
    changes.put("a line break", new String[] {"x-y", "a\r\nb: c"});
    changes.put("a connection header", new String[] {"connection", "close"});
    Map<String, String> statuses = new LinkedHashMap<>();
    for (var change : changes.entrySet()) {
      Map<String, String> headers = headers();
      headers.put(change.getValue()[0], change.getValue()[1]);
      // A message that would be refused for its content: nothing is ever made.
      statuses.put(change.getKey(), status(headers, whole()));
    }
    log.info("calls {}: {}, memory {} MiB", statuses.size(), statuses, memory.growth());
    assertThat(statuses).allSatisfy(HostileFramesIT::isRefused);
    assertThat(owner.ids("/v5/boards", 25)).containsExactly(board);
    owner.createBoard("PUBLIC");
  }
}
