// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Red KITCHEN, red walls | red kitchen walls",
        "Café crème brûlée | cafe creme brulee",
        "ÅNGSTRÖM Straße | angstrom straße",
        "www.some-shop.example | www some shop example",
        "ﬁne ① ２０２６ | fine 1 2026",
        "日本 の 家 | 日本 の 家",
        "a_b'c | a b c",
        "!!! ... 🙂 | ''",
      })
  void foldsAndSplits(String text, String expected) {
    assertThat(String.join(" ", Words.of(text))).isEqualTo(expected);
  }

  @Test
  void takesEachWordOfManyTextsOnce() {
    assertThat(Words.of("one two", "", "Two three")).containsExactly("one", "two", "three");
  }
}
