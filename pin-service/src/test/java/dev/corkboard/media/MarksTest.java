// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarksTest {
  @Test
  void holdsWhatWasAddedAndNothingElse() {
    Marks marks = new Marks();
    assertThat(marks.contains("0")).isFalse();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 50_000; i++) marks.add(Integer.toString(i));
      assertThat(marks.contains("0")).isTrue();
      assertThat(marks.contains("49999")).isTrue();
      assertThat(marks.contains("50000")).isFalse();
    }
    for (int i = 0; i < 50_000; i++) assertThat(marks.contains(Integer.toString(i))).isTrue();
    for (int i = 50_000; i < 100_000; i++) assertThat(marks.contains("x" + i)).isFalse();
  }
}
