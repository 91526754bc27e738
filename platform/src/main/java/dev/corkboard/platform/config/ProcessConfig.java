// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.config;

import dev.corkboard.platform.trace.TraceConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings that every process has, the edge included.
 *
 * @param tls how processes know each other; plain connections when empty
 * @param drainDelay how long a process told to stop says that it is not ready, and still serves
 * @param maxConnectionAge after which a gRPC connection is given up for a new one; jittered by 10 %
 * @param concurrencyLimit whether requests over what the process can do are refused
 * @param redis how to log in to Redis, where the process uses one
 * @param tracing where traces go
 */
public record ProcessConfig(
    Optional<TlsConfig> tls,
    Duration drainDelay,
    Duration maxConnectionAge,
    boolean concurrencyLimit,
    RedisLogin redis,
    TraceConfig tracing) {
  /** Where nothing is set. */
  public static final ProcessConfig DEFAULT =
      new ProcessConfig(
          Optional.empty(),
          Duration.ZERO,
          Duration.ofMinutes(30),
          true,
          RedisLogin.NONE,
          TraceConfig.OFF);

  private static final String MAX_CONNECTION_AGE = "GRPC_MAX_CONNECTION_AGE";

  public static ProcessConfig fromEnv(Env env) {
    Duration age = env.duration(MAX_CONNECTION_AGE, DEFAULT.maxConnectionAge());
    if (age.isZero()) throw new ConfigException(MAX_CONNECTION_AGE, "0", "more than 0");
    return new ProcessConfig(
        TlsConfig.fromEnv(env),
        env.duration("DRAIN_DELAY", DEFAULT.drainDelay()),
        age,
        env.bool("CONCURRENCY_LIMIT", DEFAULT.concurrencyLimit()),
        RedisLogin.fromEnv(env),
        TraceConfig.fromEnv(env));
  }
}
