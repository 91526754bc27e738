// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void zeroMeansAFreePort() {
    assertThat(Ports.isFree(Ports.claim("Redis", 0))).isTrue();
  }

  @Test
  void noPortIsGivenTwiceWhileNothingListensYet() {
    assertThat(IntStream.range(0, 500).map(call -> Ports.free()).boxed()).doesNotHaveDuplicates();
  }

  @Test
  void aFreePortIsTakenAsAsked() {
    int free = Ports.free();

    assertThat(Ports.claim("Redis", free)).isEqualTo(free);
  }

  @Test
  void aPortInUseIsOneLineNamingOwnerAndPort() throws IOException {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(Ports.local(0));
      int port = other.getLocalPort();

      assertThatThrownBy(() -> Ports.claim("Redis", port))
          .isInstanceOf(StartFailedException.class)
          .hasMessageStartingWith("port " + port + " for Redis is in use on 127.0.0.1")
          .message()
          .doesNotContain("\n");
    }
  }
}
