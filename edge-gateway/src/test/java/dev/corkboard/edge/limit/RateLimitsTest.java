// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RateLimitsTest {
  private static Limit standard(Category category) {
    return Limit.parse("standard", category.standard());
  }

  private static RateLimits limits(Map<String, String> settings) {
    return RateLimits.fromEnv(Env.of(settings));
  }

  @ParameterizedTest
  @EnumSource(Category.class)
  void everyCategoryHasALimitUnlessToldOtherwise(Category category) {
    assertThat(limits(Map.of()).of(category)).contains(standard(category));
  }

  @ParameterizedTest
  @EnumSource(names = "SIGN_IN", mode = EnumSource.Mode.EXCLUDE)
  void anOrdinaryClientHasItsHundredRequestsASecond(Category category) {
    Limit limit = standard(category);
    assertThat(limit.requests() / limit.period().toSeconds()).isGreaterThanOrEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({"1/1s,1,PT1S", "30/1m,30,PT1M", "999999999/24h,999999999,PT24H"})
  void aLimitIsRequestsAndAPeriod(String text, long requests, Duration period) {
    assertThat(limits(Map.of("RATE_LIMIT_ORG_WRITE", text)).of(Category.ORG_WRITE))
        .contains(new Limit(requests, period));
  }

  @ParameterizedTest
  @CsvSource({
    "RATE_LIMITS,no",
    "RATE_LIMIT_TIMEOUT,0s",
    "RATE_LIMIT_ORG_READ,1000",
    "RATE_LIMIT_ORG_WRITE,0/1s",
    "RATE_LIMIT_ORG_ANALYTICS,-1/1s",
    "RATE_LIMIT_ADS_READ,10/0s",
    "RATE_LIMIT_SIGN_IN,10/10ms",
    "RATE_LIMIT_SIGN_IN,9999999999/1s",
    "RATE_LIMIT_SIGN_IN,10/1s/"
  })
  void aBadValueIsNamed(String setting, String value) {
    assertThatThrownBy(() -> limits(Map.of(setting, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(setting + ": " + value + " (expected: ");
  }

  @Test
  void oneCategoryOrAllMayGoWithoutALimit() {
    RateLimits some = limits(Map.of("RATE_LIMIT_ADS_READ", "off"));
    assertThat(some.of(Category.ADS_READ)).isEmpty();
    assertThat(some.isEmpty()).isFalse();
    assertThat(limits(Map.of("RATE_LIMITS", "off", "RATE_LIMIT_ADS_READ", "1/1s")).isEmpty())
        .isTrue();
  }
}
