// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrisTest {
  @Test
  void readsAUri() {
    assertThat(Uris.parse("https://example.com/a?b=c"))
        .contains(URI.create("https://example.com/a?b=c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a b/",
        "http://example.com/%0",
        "http://[::1",
        "http://[::ffff:10.0.0.99999999999]/"
      })
  void whatIsNoUriIsEmpty(String text) {
    assertThat(Uris.parse(text)).isEmpty();
  }
}
