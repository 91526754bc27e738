// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BearerTest {
  @Test
  void theSchemeIsReadInAnyCase() {
    for (String header : List.of("Bearer abc", "bearer abc", "BEARER  abc ")) {
      assertThat(Bearer.token(List.of(header))).as(header).isEqualTo("abc");
    }
  }

  @Test
  void nothingElseIsAToken() {
    for (String header : List.of("", "abc", "Basic abc", "Bearer", "Bearerabc", " Bearer abc")) {
      assertThat(Bearer.token(List.of(header))).as(header).isEmpty();
    }
    assertThat(Bearer.token(List.of())).isEmpty();
  }

  @Test
  void ofTwoHeadersNoneCounts() {
    assertThat(Bearer.token(List.of("Bearer abc", "Bearer abc"))).isEmpty();
  }
}
