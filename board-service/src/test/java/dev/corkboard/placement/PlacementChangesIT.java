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
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.CassandraRig;
import dev.corkboard.board.change.LogTimes;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Change;
import dev.corkboard.board.v1.ListChangesResponse;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.testing.Faults;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the change log tells of placements, and what dead writers of them leave: nothing. */
class PlacementChangesIT {
  private static final LogTimes IMPATIENT =
      LogTimes.DEFAULT.withLag(Duration.ZERO).withGrace(Duration.ZERO);

  private final CassandraRig rig =
      CassandraRig.on("board_changes").with(Clock.systemUTC(), IMPATIENT);
  private final PlacementRig placements = PlacementRig.on(rig);
  private final long owner = newId();
  private final Caller caller = caller(owner);
  private final Board board = await(rig.boards().create(board(owner, "Watched"), noRequest()));

  private List<Change> changes() {
    List<Change> all = new ArrayList<>();
    String cursor = "";
    ListChangesResponse page;
    do {
      page = await(rig.changes().list(cursor, 1_000));
      cursor = page.getNextCursor();
      page.getChangesList().stream()
          .filter(c -> c.getBoardId().equals(board.getId()))
          .forEach(all::add);
    } while (page.getChangesCount() > 0);
    return all;
  }

  @Test
  void everyChangeOfAPlacementIsToldOnce() {
    long pin = newId();
    long section = newId();
    placements.addSection(id(board), section);
    PlacementWrite placing = Writes.place(caller, board, pin);
    await(placements.store().place(placing));
    await(placements.store().place(placing));
    await(placements.store().place(Writes.place(caller, board, pin)));
    await(placements.store().update(Writes.section(caller, board, pin, section)));
    await(placements.store().remove(Writes.remove(caller, board, pin, false)));
    await(placements.store().remove(Writes.remove(caller, board, pin, false)));

    List<Change> told = changes();

    assertThat(told)
        .extracting(Change::getType)
        .containsExactly(
            Change.Type.TYPE_BOARD_CREATED,
            Change.Type.TYPE_SECTION_CREATED,
            Change.Type.TYPE_PIN_PLACED,
            Change.Type.TYPE_PLACEMENT_UPDATED,
            Change.Type.TYPE_PIN_REMOVED);
    assertThat(told.subList(2, 5))
        .allMatch(change -> change.getPinId().equals(Long.toString(pin)))
        .allMatch(change -> change.getActorId().equals(Long.toString(owner)));
  }

  @Test
  void logAndBoardAgreeWhereverTheWriterDies() {
    int placed = 0;
    for (int statements = 0; statements < 8; statements++) {
      PlacementStore dying = PlacementRig.on(rig.through(Faults.dieAfter(statements))).store();
      PlacementWrite write = Writes.place(caller, board, newId());
      try {
        await(dying.place(write));
      } catch (RuntimeException dead) {
        await(rig.sweeper().sweep());
      }
      BoardAudit audit = BoardAudit.of(rig, id(board));
      placed = audit.pinCount();
      assertThat(audit.isWhole()).as(audit.toString()).isTrue();
      assertThat(changes())
          .filteredOn(c -> c.getType() == Change.Type.TYPE_PIN_PLACED)
          .extracting(c -> Long.valueOf(c.getPinId()))
          .containsExactlyInAnyOrderElementsOf(audit.pins());
    }
    assertThat(placed).as("died before and after the batch").isBetween(2, 6);
  }

  @Test
  void fullBoardTakesNoMorePins() {
    rig.session()
        .execute(
            "UPDATE board SET pin_count = 199999 WHERE board_id = ? IF pin_count = 0", id(board));
    await(placements.store().place(Writes.place(caller, board, newId())));

    assertThat(failure(placements.store().place(Writes.place(caller, board, newId()))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_FULL);
    assertThat(changes()).hasSize(2);
  }
}
