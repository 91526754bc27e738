// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoPlanTest {
  private final List<PlannedBoard> all =
      DemoPlan.boards().values().stream().flatMap(List::stream).toList();

  @Test
  void bothAccountsHavePublicAndSecretBoards() {
    assertThat(DemoPlan.boards()).containsOnlyKeys("demo", "guest");
    DemoPlan.boards()
        .forEach(
            (username, boards) ->
                assertThat(boards).extracting(PlannedBoard::secret).contains(true, false));
  }

  @Test
  void thereAreAHundredPinsWithTitlesOfTheirOwn() {
    assertThat(all.stream().flatMap(board -> board.pins().stream()).map(PlannedPin::title))
        .hasSize(100)
        .doesNotHaveDuplicates();
  }

  @Test
  void eachAccountSavesFromPublicBoardsOfTheOther() {
    DemoPlan.boards()
        .forEach(
            (username, boards) -> {
              List<String> theirs =
                  DemoPlan.boards().entrySet().stream()
                      .filter(entry -> !entry.getKey().equals(username))
                      .flatMap(entry -> entry.getValue().stream())
                      .filter(board -> !board.secret())
                      .flatMap(board -> board.pins().stream())
                      .map(PlannedPin::title)
                      .toList();
              List<String> saves = boards.stream().flatMap(b -> b.saves().stream()).toList();
              assertThat(saves).hasSize(8).doesNotHaveDuplicates();
              assertThat(theirs).containsAll(saves);
            });
  }

  @Test
  void someAreCarouselsOfAsManyPicturesAsTheContractTakes() {
    assertThat(all)
        .flatExtracting(PlannedBoard::pins)
        .extracting(pin -> pin.pictures().size())
        .contains(1, 3)
        .allMatch(count -> count >= 1 && count <= 5);
  }
}
