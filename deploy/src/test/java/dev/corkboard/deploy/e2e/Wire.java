// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection to the edge on which any bytes can be sent, HTTP or not. */
final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");

  private final Socket socket;

  Wire(String edge) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(edge).getPort());
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first answer to these bytes; empty when the edge closes the connection without one. */
  static String exchange(String edge, String bytes) {
    try (Wire wire = new Wire(edge)) {
      wire.send(bytes);
      return wire.answer();
    }
  }

  /** The next answer, which says how long it is. */
  String answer() {
    StringBuilder answer = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      while (answer.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) return answer.toString();
        answer.append((char) next);
      }
      Matcher length = LENGTH.matcher(answer);
      if (length.find()) {
        byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
        answer.append(new String(body, ISO_8859_1));
      }
    } catch (SocketException reset) {
      return answer.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("so far: " + answer, e);
    }
    return answer.toString();
  }

  /** Sends each char as a byte; a connection that was closed meanwhile takes nothing. */
  boolean send(String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /** All that still comes until the edge closes the connection. */
  String rest() {
    StringBuilder all = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      byte[] chunk = new byte[8_192];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        all.append(new String(chunk, 0, n, ISO_8859_1));
      }
    } catch (SocketException reset) {
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException("so far: " + all, e);
    }
    return all.toString();
  }

  /** How many answers a text of the wire holds. */
  static int answers(String text) {
    return (int) STATUS.matcher(text).results().count();
  }

  /** The status of the first answer, 0 when there is none. */
  static int status(String text) {
    Matcher matcher = STATUS.matcher(text);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /** Asserts that the first answer is an error in the contract's shape. */
  static void assertRefused(String what, String text, int status) {
    assertThat(status(text)).as("%s: %s", what, text).isEqualTo(status);
    assertThat(text.toLowerCase(java.util.Locale.ROOT)).contains("x-pinterest-rid: ");
    try {
      JsonNode body = Rest.JSON.readTree(text.substring(text.indexOf("\r\n\r\n") + 4));
      assertThat(body.path("code").isInt()).as("%s: %s", what, text).isTrue();
      assertThat(body.path("message").isTextual()).as("%s: %s", what, text).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(what + ": " + text, e);
    }
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
