// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import dev.corkboard.edge.testing.RawHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A reader of Server-Sent Events, on a connection of its own. */
final class Events implements AutoCloseable {
  private final Socket socket;
  private final StringBuilder received = new StringBuilder();
  private final CompletableFuture<Void> end;

  /** Asks for a path; header lines end in a line break each. */
  Events(int port, String path, String headers) throws IOException {
    socket =
        RawHttp.begin(
            port,
            "GET " + path + " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n" + headers + "\r\n");
    end = CompletableFuture.runAsync(this::read);
  }

  private void read() {
    try {
      InputStream in = socket.getInputStream();
      byte[] chunk = new byte[4_096];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        append(new String(chunk, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void append(String text) {
    received.append(text);
  }

  /** All that came so far, headers too. */
  synchronized String received() {
    return received.toString();
  }

  /** Whether it came to its end, which the chunk of no bytes tells. */
  boolean endedCleanly() {
    return end.isDone() && !end.isCompletedExceptionally() && received().endsWith("\r\n0\r\n\r\n");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
