// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

  @Test
  void collagesShowPinsThatTheirOwnersSeeAndStandOnPublicBoards() {
    for (PlannedCollage collage : DemoPlan.collages()) {
      List<PlannedBoard> own = DemoPlan.boards().get(collage.username());
      assertThat(own)
          .filteredOn(board -> !board.secret())
          .extracting(PlannedBoard::name)
          .contains(collage.board());
      List<String> shown = collage.content().findValuesAsText("pin_title");
      assertThat(shown).isNotEmpty();
      assertThat(all.stream().filter(board -> !board.secret() || own.contains(board)))
          .flatExtracting(PlannedBoard::pins)
          .extracting(PlannedPin::title)
          .containsAll(shown);
    }
  }

  @Test
  void aRemixComesAfterTheOtherAccountsCollage() {
    List<PlannedCollage> collages = DemoPlan.collages();
    assertThat(collages).extracting(PlannedCollage::username).containsExactly("demo", "guest");
    assertThat(collages).extracting(PlannedCollage::title).doesNotHaveDuplicates();
    assertThat(collages.get(0).original()).isEmpty();
    assertThat(collages.get(1).original()).hasValue(collages.get(0).title());
  }

  @Test
  void collagesShowWhatLayersCan() {
    JsonNode document = DemoPlan.collages().get(0).content();
    assertThat(document.findValuesAsText("type"))
        .contains("gradient", "cut_out", "polygon", "path", "text", "stroke", "shape");
    for (String property : List.of("feather", "drop_shadow", "rotation", "blend_mode")) {
      assertThat(document.findValues(property)).as(property).isNotEmpty();
    }
  }
}
