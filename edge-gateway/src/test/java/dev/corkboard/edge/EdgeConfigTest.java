// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeConfigTest {
  @Test
  void hasDefaultsThatWorkBesideTheOthers() {
    EdgeConfig config = EdgeConfig.fromEnv(Env.of(Map.of()));
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.adminPort()).isEqualTo(8180);
    assertThat(config.accountUri()).isEqualTo("127.0.0.1:9001");
    assertThat(config.boardUri()).isEqualTo("127.0.0.1:9002");
    assertThat(config.pinUri()).isEqualTo("127.0.0.1:9003");
    assertThat(config.collageUri()).isEqualTo("127.0.0.1:9004");
    assertThat(config.maxEventStreams()).isEqualTo(2_000);
    assertThat(config.redisUri()).isEqualTo("redis://127.0.0.1:6379");
    assertThat(config.rateLimits().isEmpty()).isFalse();
    assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.transferTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.idleTimeout()).isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource({
    "EDGE_PORT,abc",
    "EDGE_ADMIN_PORT,70000",
    "EDGE_MAX_LARGE_BODIES,0",
    "EDGE_MAX_EVENT_STREAMS,-1",
    "EDGE_REQUEST_TIMEOUT,soon",
    "RATE_LIMIT_ORG_READ,many",
    "EDGE_TRUSTED_PROXIES,proxy.example",
    "EDGE_TRUSTED_PROXIES,10.0.0.0/33",
    "PUBLIC_URL,ftp://x.example",
    "PUBLIC_URL,pins.example"
  })
  void aBadValueIsNamed(String key, String value) {
    assertThatThrownBy(() -> EdgeConfig.fromEnv(Env.of(Map.of(key, value))))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(key + ": " + value + " (expected: ");
  }

  @Test
  void picturesAreServedWhereThePublicReachesTheEdge() {
    assertThat(EdgeConfig.fromEnv(Env.of(Map.of("EDGE_PORT", "8090"))).publicUrl())
        .isEqualTo("http://127.0.0.1:8090");
    assertThat(
            EdgeConfig.fromEnv(Env.of(Map.of("PUBLIC_URL", "https://pins.example/"))).publicUrl())
        .isEqualTo("https://pins.example");
  }
}
