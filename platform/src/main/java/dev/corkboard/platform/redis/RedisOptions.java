// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import dev.corkboard.platform.config.RedisLogin;
import java.time.Duration;
import java.util.Objects;

/**
 * How to reach Redis and when to stop waiting for it.
 *
 * @param uri {@code redis://[user:password@]host:port[/database]} or {@code rediss://...}
 * @param readTimeout how long a read may hold up its caller; 50 ms unless told
 * @param writeTimeout how long a guard or release may hold up a write; 100 ms unless told
 * @param breakerCalls calls the circuit breaker looks back on; it opens when half of them failed
 * @param breakerOpen how long Redis is left alone once the breaker opened
 * @param login what the address does not say
 */
public record RedisOptions(
    String uri,
    Duration readTimeout,
    Duration writeTimeout,
    int breakerCalls,
    Duration breakerOpen,
    RedisLogin login) {

  public RedisOptions {
    Objects.requireNonNull(uri, "uri");
    Durations.requirePositive("readTimeout", readTimeout);
    Durations.requirePositive("writeTimeout", writeTimeout);
    Durations.requirePositive("breakerOpen", breakerOpen);
    if (breakerCalls < 1) {
      throw new IllegalArgumentException(
          "breakerCalls: " + breakerCalls + " (expected: 1 or more)");
    }
  }

  /** The shipped timeouts and breaker for this address. */
  public static RedisOptions of(String uri) {
    return of(uri, RedisLogin.NONE);
  }

  /** The same, logging in. */
  public static RedisOptions of(String uri, RedisLogin login) {
    return new RedisOptions(
        uri, Duration.ofMillis(50), Duration.ofMillis(100), 100, Duration.ofSeconds(10), login);
  }

  /** The same with other timeouts. */
  public RedisOptions withTimeouts(Duration read, Duration write) {
    return new RedisOptions(uri, read, write, breakerCalls, breakerOpen, login);
  }

  /** The same with another breaker. */
  public RedisOptions withBreaker(int calls, Duration open) {
    return new RedisOptions(uri, readTimeout, writeTimeout, calls, open, login);
  }

  /** Without the address: it may hold a password. */
  @Override
  public String toString() {
    return "RedisOptions[readTimeout=%s, writeTimeout=%s, breakerCalls=%d, breakerOpen=%s]"
        .formatted(readTimeout, writeTimeout, breakerCalls, breakerOpen);
  }
}
