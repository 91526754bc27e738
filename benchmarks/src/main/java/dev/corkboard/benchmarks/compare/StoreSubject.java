// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A client library of a store, used in a process of its own that is told to begin.
 *
 * @param port of {@link StoreClients}
 * @param work one of those that {@link StoreClients} knows
 */
record StoreSubject(String name, Map<String, Long> processes, int port, String work, int inFlight)
    implements Subject {

  @Override
  public Load load(Duration time) {
    String order = work + " " + inFlight + " " + time.toMillis() + "\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        BufferedReader answer =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.getOutputStream().write(order.getBytes(StandardCharsets.US_ASCII));
      return LoadText.parse(answer.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
