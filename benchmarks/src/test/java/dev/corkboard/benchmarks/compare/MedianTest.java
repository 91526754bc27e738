// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MedianTest {
  private static Sample sample(double cpu) {
    return new Sample(new Load(1, 0, 1, Load.times()), Map.of("edge", cpu));
  }

  @Test
  void isTheMiddleOfAnyOrder() {
    assertThat(Median.of(9, 1, 5)).isEqualTo(5);
    assertThat(Median.of(4, 1, 3, 2)).isEqualTo(2.5);
  }

  @Test
  void refusesNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> Median.of());
  }

  @Test
  void dividesWithinEachRound() {
    // The second round was slow for both: the ratio of the medians would be 1.5.
    List<Sample> ours = List.of(sample(20), sample(200), sample(30));
    List<Sample> theirs = List.of(sample(10), sample(100), sample(20));
    assertThat(Median.ofRatios(ours, Sample::cpu, theirs, Sample::cpu)).isEqualTo(2);
  }

  @Test
  void refusesOtherRounds() {
    List<Sample> one = List.of(sample(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Median.ofRatios(one, Sample::cpu, List.of(), Sample::cpu));
  }
}
