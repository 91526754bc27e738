// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History<String> history = new History<>("a");

  @Test
  void whatIsBeingChangedMayBeSeenAsBeforeOrAsAfter() {
    history.begin("b", 10);
    assertThat(history.possible(5, 9)).containsExactlyInAnyOrder("a");
    assertThat(history.possible(5, 11)).containsExactlyInAnyOrder("a", "b");
    assertThat(history.possible(20, 21)).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void whatWasAcknowledgedBeforeTheQuestionMustBeSeen() {
    history.begin("b", 10);
    history.done(20);
    assertThat(history.possible(21, 22)).containsExactly("b");
    assertThat(history.possible(19, 22)).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aLongQuestionMayBeAnsweredWithEveryStateOfItsTime() {
    history.begin("b", 10);
    history.done(20);
    history.begin("c", 30);
    history.done(40);
    history.begin("d", 50);
    assertThat(history.possible(15, 45)).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(history.possible(25, 45)).containsExactlyInAnyOrder("b", "c");
  }

  @Test
  void whatWasRefusedWasNever() {
    history.begin("b", 10);
    history.undo();
    assertThat(history.possible(5, 30)).containsExactly("a");
    assertThat(history.latest()).isEqualTo("a");
  }

  @Test
  void theAnswerMayTellWhichValueItWas() {
    history.begin("any", 10);
    history.done("b", 20);
    assertThat(history.possible(21, 22)).containsExactly("b");
    assertThat(history.ever("any"::equals)).isFalse();
  }
}
