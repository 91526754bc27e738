// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinConfigTest {
  @Test
  void defaultsNeedNoEnvironment() {
    PinConfig config = PinConfig.fromEnv(Env.of(Map.of()));
    assertThat(config.service().grpcPort()).isEqualTo(9003);
    assertThat(config.service().adminPort()).isEqualTo(9103);
    assertThat(config.cassandra().keyspace()).isEqualTo("corkboard_pin");
    assertThat(config.boardUri()).isEqualTo("127.0.0.1:9002");
    assertThat(config.sagaAge()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.listingBucketRows()).isEqualTo(20_000);
  }

  @Test
  void environmentWins() {
    PinConfig config =
        PinConfig.fromEnv(
            Env.of(
                Map.of(
                    "PIN_GRPC_PORT", "1234",
                    "BOARD_URI", "board:1",
                    "PIN_SAGA_AGE", "2s",
                    "PIN_LISTING_BUCKET_ROWS", "10")));
    assertThat(config.service().grpcPort()).isEqualTo(1234);
    assertThat(config.boardUri()).isEqualTo("board:1");
    assertThat(config.sagaAge()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.listingBucketRows()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"PIN_GRPC_PORT, abc", "PIN_SAGA_AGE, soon", "PIN_LISTING_BUCKET_ROWS, 1"})
  void badValueIsNamed(String key, String value) {
    assertThatThrownBy(() -> PinConfig.fromEnv(Env.of(Map.of(key, value))))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(key + ": " + value + " (expected: ");
  }
}
