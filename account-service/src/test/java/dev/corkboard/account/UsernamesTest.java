// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernamesTest {
  @ParameterizedTest
  @CsvSource({
    "ann,ann",
    "Ann_7,Ann_7",
    "ann.lee,ann_lee",
    "ann@example.org,ann",
    "ann.lee+pins@example.org,ann_lee_pins",
    "Zo\u00eb M\u00fcller,Zoe_Muller",
    "\uff41\uff4e\uff4e,ann",
    "-ann-,ann",
    "al,user_al",
    "12345,user_12345",
    "@example.org,user",
    "'',user",
    "\u5c71\u7530,user",
    "\ud83d\ude00,user",
    "___,user"
  })
  void theWishIsMetAsNearAsMayBe(String wish, String name) {
    assertThat(Usernames.candidates(wish, "seed").get(0)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ann", "a\u0000b\ud83d", "12345", "........", "_", "x@y@z"})
  void everyCandidateIsAUsername(String wish) {
    for (String text : List.of(wish, wish.repeat(1_000), wish + "9".repeat(40))) {
      assertThat(Usernames.candidates(text, "seed")).hasSize(4).allMatch(Usernames::isUsername);
    }
  }

  @Test
  void suffixesAreTheSeedsAndAlwaysTheSame() {
    List<String> first = Usernames.candidates("ann", "one");
    assertThat(Usernames.candidates("ann", "one")).isEqualTo(first).doesNotHaveDuplicates();
    assertThat(Usernames.candidates("ann", "other").subList(1, 4))
        .doesNotContainAnyElementsOf(first);
  }
}
