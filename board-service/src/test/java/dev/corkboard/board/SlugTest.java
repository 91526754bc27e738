// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugTest {
  @ParameterizedTest
  @CsvSource({
    "Kitchen, kitchen",
    "KITCHEN, kitchen",
    "'  Kitchen  ideas ', kitchen ideas",
    "'Kitchen\tideas', kitchen ideas",
    "\u212Bngstr\u00F6m, \u00E5ngstr\u00F6m",
    "A\u030Angstro\u0308m, \u00E5ngstr\u00F6m",
    "\uFF2B\uFF49tchen, kitchen",
    "Stra\u00DFe, strasse",
    "\u039F\u03B4\u03C5\u03C3\u03C3\u03B5\u03C5\u03C2, \u03BF\u03B4\u03C5\u03C3\u03C3\u03B5\u03C5\u03C2",
    "\u03BF\u03B4\u03C5\u03C3\u03C3\u03B5\u03C5\u03C3 x, \u03BF\u03B4\u03C5\u03C3\u03C3\u03B5\u03C5\u03C2 x",
    "\uFB01ne, fine",
  })
  void sameNamesHaveTheSameSlug(String name, String slug) {
    assertThat(Slug.of(name)).isEqualTo(Slug.of(slug));
  }

  @Test
  void differentNamesHaveDifferentSlugs() {
    assertThat(Slug.of("Kitchen 1")).isNotEqualTo(Slug.of("Kitchen 2"));
    assertThat(Slug.of("re\u0301sume\u0301")).isNotEqualTo(Slug.of("resume"));
    assertThat(Slug.of("\uD83C\uDF55")).isNotEqualTo(Slug.of("\uD83C\uDF54"));
  }

  @Test
  void blankNamesHaveNone() {
    assertThat(Slug.of(" \t\u00A0\u3000")).isEmpty();
  }

  @Test
  void slugOfASlugIsItself() {
    for (String name : new String[] {"Stra\u00DFe  A", "\uFB01ne", "\u0130stanbul", "x\u00A0y"}) {
      assertThat(Slug.of(Slug.of(name))).isEqualTo(Slug.of(name));
    }
  }
}
