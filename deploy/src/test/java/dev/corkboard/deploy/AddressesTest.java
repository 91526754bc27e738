// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.config.Env;
import dev.corkboard.stores.Ports;
import dev.corkboard.stores.StartFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AddressesTest {
  @Test
  void freePortsAreAllDifferent() {
    Addresses addresses = Addresses.free(OptionalInt.empty());
    List<Integer> all = new ArrayList<>(addresses.ports().values());
    all.addAll(addresses.adminPorts().values());
    assertThat(all).hasSize(2 * Service.values().length).doesNotHaveDuplicates();
  }

  @Test
  void theEdgeGetsThePortItWasGiven() {
    int port = Ports.free();
    Addresses addresses = Addresses.free(OptionalInt.of(port));
    assertThat(addresses.edgeUrl()).isEqualTo("http://127.0.0.1:" + port);
    assertThat(addresses.of(Service.PIN)).isNotEqualTo(addresses.of(Service.EDGE));
  }

  @Test
  void aPortInUseIsOneLineThatNamesPortAndService() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      OptionalInt port = OptionalInt.of(taken.getLocalPort());
      assertThatThrownBy(() -> Addresses.free(port))
          .isInstanceOf(StartFailedException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " for edge is in use");
    }
  }

  @Test
  void theEnvironmentNamesThePortsOfAKeptSuite() {
    Map<String, String> env = new HashMap<>();
    for (Service service : Service.values()) {
      env.put(service.portSetting(), Integer.toString(Ports.free()));
      env.put(service.adminPortSetting(), Integer.toString(Ports.free()));
    }
    Addresses addresses = Addresses.fixed(Env.of(env));
    assertThat(addresses.of(Service.BOARD)).isEqualTo("127.0.0.1:" + env.get("BOARD_GRPC_PORT"));
    assertThat(addresses.adminOf(Service.EDGE))
        .isEqualTo("127.0.0.1:" + env.get("EDGE_ADMIN_PORT"));
  }

  @Test
  void aBadPortInTheEnvironmentIsNamed() {
    assertThatThrownBy(() -> Addresses.fixed(Env.of(Map.of("ACCOUNT_GRPC_PORT", "abc"))))
        .isInstanceOf(ConfigException.class)
        .hasMessage("ACCOUNT_GRPC_PORT: abc (expected: 0-65535)");
  }
}
