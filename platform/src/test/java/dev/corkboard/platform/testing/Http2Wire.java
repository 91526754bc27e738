// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;

/** HTTP/2 frame by frame, with none of a client's manners: it opens streams without asking. */
public final class Http2Wire implements AutoCloseable {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  /** Flags. */
  public static final int END_STREAM = 1;

  public static final int END_HEADERS = 4;
  private static final int ACK = 1;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false);

  /** A frame of the server. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Frame(int type, int flags, int stream, byte[] payload) {
    /** The code of an RST_STREAM or a GOAWAY. */
    public int code() {
      int at = type == GOAWAY ? 4 : 0;
      return payload[at + 2] << 8 | payload[at + 3];
    }
  }

  public Http2Wire(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(30_000);
      in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
      out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
      out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
      frame(SETTINGS, 0, 0, new byte[0]);
      // Answers must not wait for room.
      frame(WINDOW_UPDATE, 0, 0, new byte[] {0x7f, -1, 0, 0});
      flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A block of headers, each spelled out. */
  public static byte[] block(Map<String, String> headers) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    headers.forEach(
        (name, value) -> {
          block.write(0);
          text(block, name);
          text(block, value);
        });
    return block.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int rest = bytes.length - 127;
      for (; rest >= 128; rest >>= 7) block.write((rest & 127) | 128);
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  /** Queues a frame. */
  public void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    out.writeByte(payload.length >> 16);
    out.writeShort(payload.length);
    out.writeByte(type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
  }

  /** Queues the end of a stream by force. */
  public void reset(int stream) throws IOException {
    frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
  }

  public void flush() throws IOException {
    out.flush();
  }

  /** Sends a PING and nothing else before its answer. */
  public void ping() throws IOException {
    frame(PING, 0, 0, new byte[8]);
    flush();
  }

  /** Takes the server's settings for its own, which it need not do. */
  public void acknowledge() throws IOException {
    for (Frame frame = read(); frame != null; frame = read()) {
      if (frame.type() == SETTINGS && (frame.flags() & ACK) == 0) break;
    }
    frame(SETTINGS, ACK, 0, new byte[0]);
    flush();
  }

  /** The next frame, or null when the server has closed the connection. */
  public Frame read() throws IOException {
    try {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      return new Frame(type, flags, stream, in.readNBytes(length));
    } catch (EOFException | SocketException closed) {
      return null;
    }
  }

  /** The headers of a HEADERS frame; every one must be given, in order. */
  public Http2Headers decode(Frame headers) throws Http2Exception {
    return hpack.decodeHeaders(headers.stream(), Unpooled.wrappedBuffer(headers.payload()));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
