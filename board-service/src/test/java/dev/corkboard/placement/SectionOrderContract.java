// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.caller;
import static dev.corkboard.board.Fixtures.failure;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static dev.corkboard.placement.Writes.picture;
import static dev.corkboard.placement.Writes.place;
import static dev.corkboard.placement.Writes.remove;
import static dev.corkboard.placement.Writes.section;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.BoardStore;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.section.SectionStore;
import dev.corkboard.section.Sections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of placements does about sections. */
interface SectionOrderContract {
  BoardStore boards();

  PlacementStore placements();

  SectionStore sections();

  private Board publicBoard(long owner) {
    Board board = board(owner, "Board " + newId(), Privacy.PRIVACY_PUBLIC);
    return await(boards().create(board, noRequest()));
  }

  private List<Long> placed(long owner, Board board, int count) {
    List<Long> pins = LongStream.range(0, count).map(i -> newId()).boxed().toList();
    pins.forEach(pin -> await(placements().place(place(caller(owner), board, pin))));
    return pins;
  }

  private long added(Board board) {
    long section = newId();
    Sections.add(sections(), board, section);
    return section;
  }

  private List<Long> walk(Board board, long section, int limit) {
    List<Long> seen = new ArrayList<>();
    Optional<Position> from = Optional.of(Position.START);
    while (from.isPresent()) {
      PlacementPage page = await(placements().page(id(board), section, from.get(), limit));
      if (page.next().isPresent()) assertThat(page.placements()).hasSize(limit);
      page.placements().forEach(p -> seen.add(Long.valueOf(p.getPinId())));
      from = page.next();
    }
    return seen;
  }

  private List<Placement> all(Board board) {
    return await(placements().page(id(board), Position.START, 100)).placements();
  }

  @Test
  @DisplayName("P7: a section lists its own Pins in the board's order, the board lists all")
  default void sectionListsItsOwn() {
    long owner = newId();
    Board board = publicBoard(owner);
    List<Long> pins = placed(owner, board, 7);
    long first = added(board);
    long second = added(board);
    for (int i = 0; i < 5; i++) {
      await(placements().update(section(caller(owner), board, pins.get(i), first)));
    }
    await(placements().update(section(caller(owner), board, pins.get(5), second)));
    assertThat(walk(board, first, 2))
        .containsExactly(pins.get(4), pins.get(3), pins.get(2), pins.get(1), pins.get(0));
    assertThat(walk(board, second, 10)).containsExactly(pins.get(5));
    assertThat(all(board)).hasSize(7);
  }

  @Test
  default void pinLeavesItsSectionWhenItMovesOrGoes() {
    long owner = newId();
    Board board = publicBoard(owner);
    List<Long> pins = placed(owner, board, 3);
    long from = added(board);
    long to = added(board);
    for (long pin : pins) await(placements().update(section(caller(owner), board, pin, from)));
    await(placements().update(section(caller(owner), board, pins.get(0), to)));
    await(placements().remove(remove(caller(owner), board, pins.get(1), true)));
    assertThat(walk(board, from, 10)).containsExactly(pins.get(2));
    assertThat(walk(board, to, 10)).containsExactly(pins.get(0));
  }

  @Test
  @DisplayName("S4: the Pins of a deleted section stay on the board, in none")
  default void pinsOutliveTheirSection() {
    long owner = newId();
    Board board = publicBoard(owner);
    List<Long> pins = placed(owner, board, 2);
    long gone = added(board);
    long kept = added(board);
    await(placements().update(section(caller(owner), board, pins.get(0), gone)));
    await(placements().update(section(caller(owner), board, pins.get(1), kept)));
    Sections.remove(sections(), board, gone);
    assertThat(all(board))
        .extracting(Placement::getSectionId)
        .containsExactly(Long.toString(kept), "");
    assertThat(failure(placements().page(id(board), gone, Position.START, 10)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND);
    await(placements().update(section(caller(owner), board, pins.get(0), kept)));
    assertThat(walk(board, kept, 10)).containsExactly(pins.get(1), pins.get(0));
    await(placements().remove(remove(caller(owner), board, pins.get(0), true)));
    assertThat(walk(board, kept, 10)).containsExactly(pins.get(1));
  }

  @Test
  default void pinIsShownByAnotherPicture() {
    long owner = newId();
    Board board = publicBoard(owner);
    List<Long> pins = placed(owner, board, 2);
    long section = added(board);
    await(placements().update(section(caller(owner), board, pins.get(0), section)));

    await(placements().update(picture(caller(owner), board, pins.get(0), section, "another-0")));
    await(placements().update(picture(caller(owner), board, pins.get(1), section, "another-1")));

    assertThat(all(board))
        .extracting(Placement::getCoverAssetKey)
        .containsExactly("another-1", "another-0");
    assertThat(await(placements().page(id(board), section, Position.START, 10)).placements())
        .isEqualTo(all(board));
    assertThat(await(boards().get(id(board))).orElseThrow().getCoverAssetKeysList())
        .containsExactly("another-1", "another-0");
    await(placements().update(section(caller(owner), board, pins.get(0), 0)));
    assertThat(all(board))
        .extracting(Placement::getCoverAssetKey)
        .containsExactly("another-1", "another-0");
  }

  @Test
  default void pinChangesItsSection() {
    long owner = newId();
    Board board = publicBoard(owner);
    long pin = placed(owner, board, 1).get(0);
    long section = newId();
    Sections.add(sections(), board, section);
    PlacementWrite write = section(caller(owner), board, pin, section);

    Placement moved = await(placements().update(write));

    assertThat(moved.getSectionId()).isEqualTo(Long.toString(section));
    assertThat(await(placements().update(write))).isEqualTo(moved);
    assertThat(await(placements().page(id(board), Position.START, 10)).placements())
        .extracting(Placement::getSectionId)
        .containsExactly(Long.toString(section));
    assertThat(await(placements().update(section(caller(owner), board, pin, 0))).getSectionId())
        .isEmpty();
  }

  @Test
  default void sectionAndPinMustBeOnTheBoard() {
    long owner = newId();
    Board board = publicBoard(owner);
    long pin = placed(owner, board, 1).get(0);

    assertThat(failure(placements().update(section(caller(owner), board, pin, newId()))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND);
    assertThat(failure(placements().update(section(caller(owner), board, newId(), 0))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_PIN_NOT_FOUND);
    assertThat(failure(placements().update(section(caller(newId()), board, pin, 0))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
  }
}
