// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import dev.corkboard.edge.testing.Api;
import dev.corkboard.edge.testing.EdgeExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without the service of collages all else goes on. */
class CollagesAwayTest {
  @RegisterExtension static final EdgeExtension edge = new EdgeExtension().withoutCollages();

  private final Api api = edge.api("7");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/collages",
        "/v1/collages/5",
        "/v1/collages/5/revisions",
        "/v1/collages/5/events",
        "/v1/collages/5/render",
        "/v1/collages/5/remixes"
      })
  void collagesAreUnavailable(String path) {
    api.get(path).fails(503, 503, "The service is not available. Try again later.");
  }

  @Test
  void everythingElseIsServed() {
    api.get("/v5/boards").isOk();
    api.get("/v5/pins").isOk();
    api.get("/openapi.json").isOk();
  }
}
