// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadyProbeTest {
  private HttpServer admin;
  private int status = 200;

  @BeforeEach
  void serve() throws IOException {
    admin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    admin.createContext(
        "/readyz",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(status, -1);
          }
        });
    admin.start();
  }

  @AfterEach
  void stop() {
    admin.stop(0);
  }

  private int ask() {
    String port = Integer.toString(admin.getAddress().getPort());
    return Main.commandLine(Map.of("PIN_ADMIN_PORT", port)).execute("pin", "--is-ready");
  }

  @Test
  void endsWithZeroOnlyWhileTheServiceIsReady() {
    assertThat(ask()).isZero();
    status = 503;
    assertThat(ask()).isEqualTo(1);
  }

  @Test
  void endsWithOneWhenNobodyAnswers() {
    admin.stop(0);
    assertThat(ask()).isEqualTo(1);
  }
}
