// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardConfigTest {
  @Test
  void defaultsWorkWithoutAnEnvironment() {
    BoardConfig config = BoardConfig.fromEnv(Env.of(Map.of()));

    assertThat(config.service().grpcPort()).isEqualTo(9002);
    assertThat(config.service().adminPort()).isEqualTo(9102);
    assertThat(config.cassandra().keyspace()).isEqualTo("corkboard_board");
    assertThat(config.accountUri()).isEqualTo("127.0.0.1:9001");
    assertThat(config.sweepPeriod()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.intentGrace()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.rebuildThreshold()).isEqualTo(2_000);
  }

  @ParameterizedTest
  @CsvSource({
    "BOARD_GRPC_PORT, abc",
    "BOARD_ADMIN_PORT, 70000",
    "BOARD_SWEEP_PERIOD, soon",
    "BOARD_INTENT_GRACE, -1s",
    "BOARD_REBUILD_THRESHOLD, 0",
  })
  void badValueStopsTheStartAndIsNamed(String key, String value) {
    assertThatThrownBy(() -> BoardConfig.fromEnv(Env.of(Map.of(key, value))))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(key + ": " + value + " (expected: ");
  }
}
