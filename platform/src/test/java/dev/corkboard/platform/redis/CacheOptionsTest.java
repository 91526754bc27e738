// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheOptionsTest {

  private static final Duration TTL = Duration.ofMinutes(2);

  @Test
  void theShippedTimesAreThoseThatWereModelChecked() {
    CacheOptions options = CacheOptions.of("pin", 1, TTL);

    assertThat(options.negativeTtl()).isEqualTo(Duration.ofSeconds(15));
    assertThat(options.guard()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.commitWithin()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.lease()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void absenceLivesNoLongerThanAValue() {
    assertThat(CacheOptions.of("board", 1, Duration.ofSeconds(5)).negativeTtl())
        .isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Pin", "pin:1", "{pin}", "pin*", "-pin", "pin\n"})
  void aPrefixThatCouldReachAnotherCachesKeysIsRefused(String prefix) {
    assertThatThrownBy(() -> CacheOptions.of(prefix, 1, TTL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("prefix: ");
  }

  @Test
  void badNumbersAreNamedWithWhatWasExpected() {
    assertThatThrownBy(() -> CacheOptions.of("pin", 0, TTL))
        .hasMessage("version: 0 (expected: 1 or more)");
    assertThatThrownBy(() -> CacheOptions.of("pin", 1, Duration.ZERO))
        .hasMessage("ttl: PT0S (expected: 1 ms or more)");
    assertThatThrownBy(() -> new CacheOptions("pin", 1, TTL, Duration.ofNanos(1)))
        .hasMessageStartingWith("negativeTtl: ");
    assertThatThrownBy(() -> RedisOptions.of("redis://x").withBreaker(0, TTL))
        .hasMessage("breakerCalls: 0 (expected: 1 or more)");
    assertThatThrownBy(
            () ->
                new CacheOptions(
                    "pin", 1, TTL, TTL, TTL, TTL.dividedBy(2).plusMillis(1), TTL, e -> false))
        .hasMessageStartingWith("commitWithin: ");
  }

  @Test
  void anAddressWithAPasswordIsNotPrinted() {
    assertThat(RedisOptions.of("redis://user:secret@127.0.0.1").toString())
        .doesNotContain("secret");
  }
}
