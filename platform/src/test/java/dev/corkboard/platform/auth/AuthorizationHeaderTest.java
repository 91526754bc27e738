// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AuthorizationHeaderTest {
  @Test
  void theSchemeIsReadInAnyCase() {
    for (String header : List.of("Bearer abc", "bearer abc", "BEARER  abc ")) {
      assertThat(AuthorizationHeader.bearerToken(List.of(header))).as(header).isEqualTo("abc");
    }
  }

  @Test
  void nothingElseIsAToken() {
    for (String header : List.of("", "abc", "Basic abc", "Bearer", "Bearerabc", " Bearer abc")) {
      assertThat(AuthorizationHeader.bearerToken(List.of(header))).as(header).isEmpty();
    }
    assertThat(AuthorizationHeader.bearerToken(List.of())).isEmpty();
  }

  @Test
  void ofTwoHeadersNoneCounts() {
    assertThat(AuthorizationHeader.bearerToken(List.of("Bearer abc", "Bearer abc"))).isEmpty();
  }
}
