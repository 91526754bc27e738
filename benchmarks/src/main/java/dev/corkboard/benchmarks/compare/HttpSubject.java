// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Requests to a server that speaks HTTP/1.1.
 *
 * @param requests the bytes of each next request
 * @param expected the status of a good answer
 * @param before brings caches into the state to be measured
 */
record HttpSubject(
    String name,
    Map<String, Long> processes,
    HttpLoad client,
    URI server,
    int connections,
    Supplier<byte[]> requests,
    int expected,
    Runnable before)
    implements Subject {

  @Override
  public void prepare() {
    before.run();
  }

  @Override
  public Load load(Duration time) {
    return client.run(
        new InetSocketAddress(server.getHost(), server.getPort()),
        connections,
        time,
        requests,
        expected);
  }

  /** One after the other, and again from the first. */
  static Supplier<byte[]> inTurn(List<byte[]> requests) {
    AtomicInteger next = new AtomicInteger();
    return () -> requests.get(Math.floorMod(next.getAndIncrement(), requests.size()));
  }

  static byte[] get(String path, String token) {
    return request("GET " + path, token, "", "");
  }

  static byte[] post(String path, String token, String body) {
    String headers =
        "content-type: application/json\r\ncontent-length: "
            + body.getBytes(StandardCharsets.UTF_8).length
            + "\r\n";
    return request("POST " + path, token, headers, body);
  }

  private static byte[] request(String line, String token, String headers, String body) {
    String text =
        line
            + " HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer "
            + token
            + "\r\n"
            + headers
            + "\r\n"
            + body;
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
