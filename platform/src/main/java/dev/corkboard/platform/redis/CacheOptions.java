// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What one cache is called and how long its promises last.
 *
 * @param prefix name of the cache, the first part of its keys and the {@code cache} tag of its
 *     metrics; lower-case letters, digits, dots and dashes
 * @param version raised when the stored message changes in a way old readers misread
 * @param ttl the longest a value lives, counted from before it was loaded: the bound on staleness
 *     when a writer cannot reach Redis. Lives are spread over 20 % either side of their mean.
 * @param negativeTtl the same for "there is no such thing"; at most {@code ttl}
 * @param guard how long a writer's guard stands when the writer dies; 10 s unless told
 * @param commitWithin a commit is not sent later than this after its guard; at most half of {@code
 *     guard}, 5 s unless told
 * @param lease how long a reader may take to load; 3 s unless told
 * @param outcomeUnknown which failures of a commit leave open whether it happened, so that the
 *     guard must stay
 */
public record CacheOptions(
    String prefix,
    int version,
    Duration ttl,
    Duration negativeTtl,
    Duration guard,
    Duration commitWithin,
    Duration lease,
    Predicate<Throwable> outcomeUnknown) {

  private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
  private static final Duration NEGATIVE_TTL = Duration.ofSeconds(15);

  public CacheOptions {
    Objects.requireNonNull(outcomeUnknown, "outcomeUnknown");
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "prefix: " + prefix + " (expected: " + PREFIX.pattern() + ")");
    }
    if (version < 1) {
      throw new IllegalArgumentException("version: " + version + " (expected: 1 or more)");
    }
    Durations.requirePositive("ttl", ttl);
    Durations.requirePositive("negativeTtl", negativeTtl);
    Durations.requirePositive("guard", guard);
    Durations.requirePositive("commitWithin", commitWithin);
    Durations.requirePositive("lease", lease);
    if (commitWithin.multipliedBy(2).compareTo(guard) > 0) {
      throw new IllegalArgumentException(
          "commitWithin: " + commitWithin + " (expected: at most half of guard, " + guard + ")");
    }
    negativeTtl = Durations.min(negativeTtl, ttl);
  }

  /** The shipped guard, lease and no failure of unknown outcome. */
  public CacheOptions(String prefix, int version, Duration ttl, Duration negativeTtl) {
    this(
        prefix,
        version,
        ttl,
        negativeTtl,
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(3),
        failure -> false);
  }

  /** As above, absent entries living 15 s or {@code ttl}, whichever is shorter. */
  public static CacheOptions of(String prefix, int version, Duration ttl) {
    return new CacheOptions(prefix, version, ttl, NEGATIVE_TTL);
  }

  /** The same with failures after which the guard stays until its deadline. */
  public CacheOptions withOutcomeUnknown(Predicate<Throwable> unknown) {
    return new CacheOptions(prefix, version, ttl, negativeTtl, guard, commitWithin, lease, unknown);
  }

  /** The same with another guard and lease; a commit may start for half the guard. */
  public CacheOptions withGuardAndLease(Duration newGuard, Duration newLease) {
    return new CacheOptions(
        prefix,
        version,
        ttl,
        negativeTtl,
        newGuard,
        newGuard.dividedBy(2),
        newLease,
        outcomeUnknown);
  }
}
