// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTimingTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 40, 41, 42, 100, 9_999})
  void theFirstAndTheLastStateAreShownAndTimeIsKept(int count) {
    ReplayTiming timing = ReplayTiming.of(count);
    assertThat(timing.states()).isSorted().doesNotHaveDuplicates();
    assertThat(timing.states().get(0)).isZero();
    assertThat(timing.states().get(timing.states().size() - 1)).isEqualTo(count - 1);
    int total = 0;
    for (int i = 0; i < timing.states().size(); i++) total += timing.centisecondsOf(i);
    assertThat(total).isLessThanOrEqualTo(ReplayTiming.MAX_CENTISECONDS);
  }

  @Test
  void fewStatesAreAllShownSlowly() {
    ReplayTiming timing = ReplayTiming.of(5);
    assertThat(timing.states()).containsExactly(0, 1, 2, 3, 4);
    assertThat(timing.centisecondsOf(0)).isEqualTo(60);
    assertThat(timing.centisecondsOf(4)).isEqualTo(200);
  }

  @Test
  void ofManyStatesSomeAreLeftOutEvenly() {
    ReplayTiming timing = ReplayTiming.of(401);
    assertThat(timing.states()).hasSize(41);
    for (int i = 0; i < 41; i++) assertThat(timing.states().get(i)).isEqualTo(i * 10);
    assertThat(timing.centisecondsOf(0)).isEqualTo(20);
  }
}
