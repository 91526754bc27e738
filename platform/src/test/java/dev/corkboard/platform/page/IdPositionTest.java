// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class IdPositionTest {
  private final PageTokens tokens = new PageTokens(new byte[32], Clock.systemUTC());

  @Test
  void beginsAboveEveryIdWithoutAToken() {
    assertThat(IdPosition.open(tokens, "", "followers", "7"))
        .isEqualTo(new IdPosition(Long.MAX_VALUE, 25));
  }

  @Test
  void opensWhatItSealed() {
    IdPosition position = new IdPosition(1234567890123L, 250);
    String token = position.seal(tokens, "followers", "7");
    assertThat(IdPosition.open(tokens, token, "followers", "7")).isEqualTo(position);
  }

  @Test
  void refusesATokenOfAnotherCallerListingOrShape() {
    String token = new IdPosition(5, 25).seal(tokens, "followers", "7");
    assertRefused(token, "followers", "8");
    assertRefused(token, "following", "7");
    assertRefused(tokens.seal("followers", "7", new byte[3], Paging.LIFE), "followers", "7");
  }

  private void assertRefused(String token, String listing, String caller) {
    assertThatThrownBy(() -> IdPosition.open(tokens, token, listing, caller))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> assertThat(e.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN));
  }
}
