// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How to start the embedded Redis.
 *
 * @param dataDir the data folder; Redis keeps to {@code redis/}, {@code log/} and {@code run/} in
 *     it
 * @param port on 127.0.0.1; 0 for a free port
 * @param maxMemoryMegabytes what the cache may hold before keys nearest their expiry go
 * @param ownSession see {@link ChildProcess#start}
 * @param startLimit how long the start may take before it counts as failed
 */
public record RedisOptions(
    Path dataDir, int port, int maxMemoryMegabytes, boolean ownSession, Duration startLimit) {

  /** Refuses a port outside 0-65535 and a memory limit below 1 MB. */
  public RedisOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0-65535)");
    }
    if (maxMemoryMegabytes < 1) {
      throw new IllegalArgumentException(
          "maxMemoryMegabytes: " + maxMemoryMegabytes + " (expected: at least 1)");
    }
  }

  /** A free port, 64 MB, half a minute to start. */
  public static RedisOptions in(Path dataDir) {
    return new RedisOptions(dataDir, 0, 64, false, Duration.ofSeconds(30));
  }

  public RedisOptions withPort(int port) {
    return new RedisOptions(dataDir, port, maxMemoryMegabytes, ownSession, startLimit);
  }

  public RedisOptions withMaxMemoryMegabytes(int maxMemoryMegabytes) {
    return new RedisOptions(dataDir, port, maxMemoryMegabytes, ownSession, startLimit);
  }

  public RedisOptions withOwnSession() {
    return new RedisOptions(dataDir, port, maxMemoryMegabytes, true, startLimit);
  }
}
