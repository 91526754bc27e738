// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a Redis knows us, and we it.
 *
 * @param password of the user whom the address names ({@code redis://user@host}), or of the default
 *     one; in place of the address's
 * @param caFile the authorities of its certificate where the address says {@code rediss}; those of
 *     the JVM when empty
 */
public record RedisLogin(Optional<Secret> password, Optional<Path> caFile) {
  /** What the address says is enough. */
  public static final RedisLogin NONE = new RedisLogin(Optional.empty(), Optional.empty());

  public static RedisLogin fromEnv(Env env) {
    return new RedisLogin(env.secret("REDIS_PASSWORD_FILE"), env.certificates("REDIS_TLS_CA_FILE"));
  }
}
