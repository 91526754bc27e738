// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class EdgeServerTest {
  private static final String NOBODY = "127.0.0.1:1";

  private final TestTokens tokens = new TestTokens();

  private EdgeServer start(int port) throws IOException {
    return EdgeServer.start(EdgeExtension.config(tokens, port, NOBODY, NOBODY, NOBODY, NOBODY));
  }

  @Test
  void startsBeforeTheServicesAndSaysThatTheyAreAway() throws IOException {
    try (EdgeServer edge = start(0)) {
      Api api = new Api(edge.port(), tokens, "7");
      api.send(api.anonymous("/healthz").GET()).isOk();
      api.get("/v5/boards").fails(503, 503, "The service is not available.");
      api.send(api.anonymous("/.well-known/jwks.json").GET()).fails(503, 503, "");
      api.send(api.anonymous("/media/abcdefghijABCDEFGHIJ_-/600x").GET()).fails(503, 503, "");
    }
  }

  @Test
  void saysWhichPortIsTaken() throws IOException {
    try (EdgeServer first = start(0)) {
      assertThatThrownBy(() -> start(first.port()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("edge: cannot listen on 127.0.0.1:" + first.port());
      assertThat(first.port()).isPositive();
    }
  }
}
