// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The limits of the edge.
 *
 * @param limits by category; one that is missing has no limit
 * @param timeout how long Redis may hold up a request
 */
public record RateLimits(Map<Category, Limit> limits, Duration timeout) {
  private static final Duration TIMEOUT = Duration.ofMillis(250);

  /** No limits, and no need of Redis. */
  public static final RateLimits NONE = new RateLimits(Map.of(), Duration.ZERO);

  public RateLimits {
    limits = Map.copyOf(limits);
  }

  /** Reads {@code RATE_LIMITS} and {@code RATE_LIMIT_ORG_READ} and its like. */
  public static RateLimits fromEnv(Env env) {
    String all = env.string("RATE_LIMITS", "on");
    if (all.equals("off")) return NONE;
    if (!all.equals("on")) throw new ConfigException("RATE_LIMITS", all, "on or off");
    Map<Category, Limit> limits = new EnumMap<>(Category.class);
    for (Category category : Category.values()) {
      String setting = "RATE_LIMIT_" + category.name();
      String text = env.string(setting, category.standard());
      if (!text.equals("off")) limits.put(category, Limit.parse(setting, text));
    }
    Duration timeout = env.duration("RATE_LIMIT_TIMEOUT", TIMEOUT);
    if (timeout.isZero()) {
      throw new ConfigException(
          "RATE_LIMIT_TIMEOUT", env.string("RATE_LIMIT_TIMEOUT", ""), "1ms or more");
    }
    return new RateLimits(limits, timeout);
  }

  Optional<Limit> of(Category category) {
    return Optional.ofNullable(limits.get(category));
  }

  /** Whether there are none at all. */
  public boolean isEmpty() {
    return limits.isEmpty();
  }
}
