// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvTest {
  private static Env with(String value) {
    return Env.of(Map.of("KEY", value));
  }

  @Test
  void absentAndEmptyValuesFallBack() {
    for (Env env : new Env[] {Env.of(Map.of()), with("")}) {
      assertThat(env.port("KEY", 9003)).isEqualTo(9003);
      assertThat(env.string("KEY", "x")).isEqualTo("x");
      assertThat(env.bool("KEY", true)).isTrue();
      assertThat(env.duration("KEY", Duration.ofDays(1))).isEqualTo(Duration.ofDays(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "65536", "1e3", " 80"})
  void aBadPortIsOneClearLine(String value) {
    assertThatThrownBy(() -> with(value).port("KEY", 1))
        .isInstanceOf(ConfigException.class)
        .hasMessage("KEY: " + value + " (expected: 0-65535)");
  }

  @Test
  void portsAtTheBordersAreGood() {
    assertThat(with("0").port("KEY", 1)).isZero();
    assertThat(with("65535").port("KEY", 1)).isEqualTo(65535);
  }

  @Test
  void readsDurationsShortAndIso() {
    assertThat(with("200ms").duration("KEY", Duration.ZERO)).isEqualTo(Duration.ofMillis(200));
    assertThat(with("30s").duration("KEY", Duration.ZERO)).isEqualTo(Duration.ofSeconds(30));
    assertThat(with("24h").duration("KEY", Duration.ZERO)).isEqualTo(Duration.ofDays(1));
    assertThat(with("P1D").duration("KEY", Duration.ZERO)).isEqualTo(Duration.ofDays(1));
    assertThatThrownBy(() -> with("soon").duration("KEY", Duration.ZERO))
        .hasMessageStartingWith("KEY: soon (expected:");
    assertThatThrownBy(() -> with("-5s").duration("KEY", Duration.ZERO))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void readsBooleans() {
    assertThat(with("TRUE").bool("KEY", false)).isTrue();
    assertThat(with("false").bool("KEY", true)).isFalse();
    assertThatThrownBy(() -> with("yes").bool("KEY", true))
        .hasMessage("KEY: yes (expected: true or false)");
  }
}
