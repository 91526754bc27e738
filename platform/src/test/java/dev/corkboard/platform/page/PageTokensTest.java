// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokensTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final byte[] POSITION = "position".getBytes(StandardCharsets.UTF_8);

  private final PageTokens tokens = at(NOW);

  private static PageTokens at(Instant now) {
    return new PageTokens(new byte[32], Clock.fixed(now, ZoneOffset.UTC));
  }

  private String sealed() {
    return tokens.seal("board/1/pins", "7", POSITION, Duration.ofHours(1));
  }

  private static void assertRefused(
      PageTokens tokens, String token, String listing, String caller) {
    assertThatThrownBy(() -> tokens.open(token, listing, caller))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> assertThat(e.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN));
  }

  @Test
  void opensWhatItSealed() {
    assertThat(tokens.open(sealed(), "board/1/pins", "7")).isEqualTo(POSITION);
  }

  @Test
  void needsNoEscapingInUrls() {
    for (int i = 0; i < 100; i++) assertThat(sealed()).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void refusesAnotherCallerOrListing() {
    assertRefused(tokens, sealed(), "board/1/pins", "8");
    assertRefused(tokens, sealed(), "board/2/pins", "7");
    // the border between listing and caller is part of what is sealed
    assertRefused(tokens, sealed(), "board/1/pins7", "");
  }

  @Test
  void refusesEveryFlippedByte() {
    byte[] token = Base64.getUrlDecoder().decode(sealed());
    for (int i = 0; i < token.length; i++) {
      byte[] forged = token.clone();
      forged[i] ^= 1;
      assertRefused(
          tokens,
          Base64.getUrlEncoder().withoutPadding().encodeToString(forged),
          "board/1/pins",
          "7");
    }
  }

  @Test
  void refusesEveryTruncation() {
    String token = sealed();
    for (int length = 0; length < token.length(); length++) {
      assertRefused(tokens, token.substring(0, length), "board/1/pins", "7");
    }
  }

  @Test
  void refusesOtherSpellings() {
    for (String more : new String[] {"=", "==", "A", " ", "\n"}) {
      assertRefused(tokens, sealed() + more, "board/1/pins", "7");
    }
  }

  @Test
  void refusesAnExpiredToken() {
    assertRefused(at(NOW.plus(Duration.ofHours(2))), sealed(), "board/1/pins", "7");
  }

  @Test
  void refusesATokenUnderAnotherKey() {
    byte[] other = new byte[32];
    other[0] = 1;
    assertRefused(
        new PageTokens(other, Clock.fixed(NOW, ZoneOffset.UTC)), sealed(), "board/1/pins", "7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AQ", "not base64 !", "%00", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void refusesGarbage(String garbage) {
    assertRefused(tokens, garbage, "board/1/pins", "7");
  }

  @Test
  void refusesAnOverlongToken() {
    assertRefused(tokens, "A".repeat(1_000_000), "board/1/pins", "7");
  }
}
