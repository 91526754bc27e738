// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceConfigTest {
  @Test
  void nothingIsTracedUnlessAskedFor() {
    TraceConfig config = TraceConfig.fromEnv(Env.of(Map.of()));
    assertThat(config.exporter()).isEqualTo(TraceConfig.Exporter.NONE);
    assertThat(config.share()).isEqualTo(0.01);
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_TRACES_EXPORTER, jaeger, 'OTEL_TRACES_EXPORTER: jaeger (expected: none, otlp or file)'",
    "OTEL_TRACES_SAMPLER_ARG, 1.5, 'OTEL_TRACES_SAMPLER_ARG: 1.5 (expected: 0 to 1)'",
    "OTEL_TRACES_SAMPLER_ARG, NaN, 'OTEL_TRACES_SAMPLER_ARG: NaN (expected: 0 to 1)'",
    "OTEL_EXPORTER_OTLP_ENDPOINT, localhost:4318, "
        + "'OTEL_EXPORTER_OTLP_ENDPOINT: localhost:4318 (expected: an http or https URL)'"
  })
  void aBadValueStopsTheStart(String key, String value, String line) {
    assertThatThrownBy(() -> TraceConfig.fromEnv(Env.of(Map.of(key, value))))
        .isInstanceOf(ConfigException.class)
        .hasMessage(line);
  }
}
