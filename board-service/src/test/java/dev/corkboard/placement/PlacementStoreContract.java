// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import static dev.corkboard.board.Fixtures.await;
import static dev.corkboard.board.Fixtures.board;
import static dev.corkboard.board.Fixtures.caller;
import static dev.corkboard.board.Fixtures.callerWithout;
import static dev.corkboard.board.Fixtures.failure;
import static dev.corkboard.board.Fixtures.id;
import static dev.corkboard.board.Fixtures.newId;
import static dev.corkboard.board.Fixtures.noRequest;
import static dev.corkboard.board.Fixtures.together;
import static dev.corkboard.placement.Writes.place;
import static dev.corkboard.placement.Writes.remove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.Fixtures.Ended;
import dev.corkboard.board.Role;
import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.placement.PlacementPage.Position;
import dev.corkboard.platform.server.Caller;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of placements does. */
interface PlacementStoreContract extends SectionOrderContract {
  void join(long boardId, long accountId, Role role);

  private Board create(long owner, Privacy privacy) {
    return await(boards().create(board(owner, "Board " + newId(), privacy), noRequest()));
  }

  private Board publicBoard(long owner) {
    return create(owner, Privacy.PRIVACY_PUBLIC);
  }

  private List<Long> placed(long owner, Board board, int count) {
    List<Long> pins = LongStream.range(0, count).map(i -> newId()).boxed().toList();
    pins.forEach(pin -> await(placements().place(place(caller(owner), board, pin))));
    return pins;
  }

  private List<Long> walk(Board board, int limit) {
    List<Long> seen = new ArrayList<>();
    Optional<Position> from = Optional.of(Position.START);
    while (from.isPresent()) {
      PlacementPage page = await(placements().page(id(board), from.get(), limit));
      if (page.next().isPresent()) assertThat(page.placements()).hasSize(limit);
      page.placements().forEach(p -> seen.add(Long.valueOf(p.getPinId())));
      from = page.next();
    }
    return seen;
  }

  private Board now(Board board) {
    return await(boards().get(id(board))).orElseThrow();
  }

  private static Placement timeless(Placement placement) {
    return placement.toBuilder().clearPlaceTime().build();
  }

  @Test
  default void placedPinStandsOnTheBoard() {
    long owner = newId();
    Board board = publicBoard(owner);
    long pin = newId();

    Placement placement = await(placements().place(place(caller(owner), board, pin, "cover-1")));

    assertThat(placement.getBoardId()).isEqualTo(board.getId());
    assertThat(placement.getPinId()).isEqualTo(Long.toString(pin));
    assertThat(placement.getActorId()).isEqualTo(Long.toString(owner));
    assertThat(await(placements().page(id(board), Position.START, 10)).placements())
        .extracting(PlacementStoreContract::timeless)
        .containsExactly(timeless(placement));
    assertThat(now(board).getPinCount()).isEqualTo(1);
    assertThat(now(board).getCoverAssetKeysList()).containsExactly("cover-1");
    assertThat(now(board).getEtag()).isEqualTo(board.getEtag());
  }

  @Test
  @DisplayName("P8: a board is in order of its Pins' ids, newest first, whatever came when")
  default void boardIsNewestFirst() {
    long owner = newId();
    Board board = publicBoard(owner);
    long first = newId();
    long second = newId();
    long third = newId();
    for (long pin : new long[] {second, third, first}) {
      await(placements().place(place(caller(owner), board, pin)));
    }

    assertThat(walk(board, 10)).containsExactly(third, second, first);
  }

  @Test
  default void coversAreThoseOfTheFirstFivePins() {
    long owner = newId();
    Board board = publicBoard(owner);
    for (int i = 0; i < 7; i++) {
      await(placements().place(place(caller(owner), board, newId(), "cover-" + i)));
    }

    assertThat(now(board).getCoverAssetKeysList())
        .containsExactly("cover-6", "cover-5", "cover-4", "cover-3", "cover-2");
  }

  @Test
  @DisplayName("P14: pages are full but for the last, and hold every Pin once")
  default void pagesHoldEveryPinOnce() {
    long owner = newId();
    Board board = publicBoard(owner);
    List<Long> pins = new ArrayList<>(placed(owner, board, 12));
    java.util.Collections.reverse(pins);

    assertThat(walk(board, 5)).isEqualTo(pins);
    assertThat(walk(board, 6)).isEqualTo(pins);
    assertThat(walk(board, 12)).isEqualTo(pins);
    assertThat(walk(publicBoard(owner), 5)).isEmpty();
  }

  @Test
  @DisplayName("P14: Pins put in front during a walk are not seen twice")
  default void insertsDuringAWalkMakeNoRepeats() {
    long owner = newId();
    Board board = publicBoard(owner);
    List<Long> before = placed(owner, board, 6);
    PlacementPage first = await(placements().page(id(board), Position.START, 3));
    placed(owner, board, 4);

    PlacementPage second = await(placements().page(id(board), first.next().orElseThrow(), 3));

    List<Long> seen = new ArrayList<>();
    first.placements().forEach(p -> seen.add(Long.valueOf(p.getPinId())));
    second.placements().forEach(p -> seen.add(Long.valueOf(p.getPinId())));
    assertThat(seen).containsExactlyInAnyOrderElementsOf(before);
    assertThat(second.next()).isEmpty();
  }

  @Test
  default void repeatOfAPlacingPlacesOnce() {
    long owner = newId();
    Board board = publicBoard(owner);
    PlacementWrite write = place(caller(owner), board, newId());

    Ended<Placement> ended = together(5, i -> placements().place(write));

    assertThat(ended.failures()).isEmpty();
    assertThat(ended.values()).extracting(Placement::getPinId).hasSize(5);
    assertThat(now(board).getPinCount()).isEqualTo(1);
    assertThat(walk(board, 10)).hasSize(1);
  }

  @Test
  default void requestIdOfAnotherPlacingIsRefused() {
    long owner = newId();
    Board board = publicBoard(owner);
    UUID requestId = UUID.randomUUID();
    await(placements().place(place(caller(owner), board, newId(), "", requestId)));

    assertThat(
            failure(placements().place(place(caller(owner), board, newId(), "", requestId)))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_REQUEST_ID_REUSED);
  }

  @Test
  default void pinThatStandsAlreadyStays() {
    long owner = newId();
    Board board = publicBoard(owner);
    long pin = newId();

    Ended<Placement> ended =
        together(8, i -> placements().place(place(caller(owner), board, pin, "c" + i)));

    assertThat(ended.failures()).isEmpty();
    assertThat(ended.values())
        .extracting(Placement::getCoverAssetKey)
        .containsOnly(now(board).getCoverAssetKeys(0));
    assertThat(now(board).getPinCount()).isEqualTo(1);
  }

  @Test
  default void removedPinIsGoneAndALateRepeatDoesNotBringItBack() {
    long owner = newId();
    Board board = publicBoard(owner);
    PlacementWrite placing = place(caller(owner), board, newId());
    await(placements().place(placing));
    placed(owner, board, 1);
    PlacementWrite removal = remove(caller(owner), board, placing.pinId(), false);

    await(placements().remove(removal));
    await(placements().remove(removal));
    await(placements().remove(remove(caller(owner), board, placing.pinId(), true)));
    Placement repeat = await(placements().place(placing));

    assertThat(repeat.getPinId()).isEqualTo(Long.toString(placing.pinId()));
    assertThat(now(board).getPinCount()).isEqualTo(1);
    assertThat(walk(board, 10)).hasSize(1).doesNotContain(placing.pinId());
  }

  @Test
  default void removedPinCanBePlacedAgain() {
    long owner = newId();
    Board board = publicBoard(owner);
    long pin = placed(owner, board, 1).get(0);
    await(placements().remove(remove(caller(owner), board, pin, false)));

    await(placements().place(place(caller(owner), board, pin)));

    assertThat(walk(board, 10)).containsExactly(pin);
    assertThat(now(board).getPinCount()).isEqualTo(1);
  }

  @Test
  default void removingWhatIsNotThereIsNoError() {
    long owner = newId();
    Board board = publicBoard(owner);

    await(placements().remove(remove(caller(owner), board, newId(), true)));
    await(
        placements().remove(remove(caller(owner), board(owner, "never created"), newId(), false)));

    assertThat(now(board).getPinCount()).isZero();
  }

  @Test
  @DisplayName("P6: strangers may not place on a public board and do not see a secret one")
  default void strangersMayNotPlace() {
    long owner = newId();
    Caller stranger = caller(newId());
    Board open = publicBoard(owner);
    Board secret = create(owner, Privacy.PRIVACY_SECRET);

    assertThat(failure(placements().place(place(stranger, open, newId()))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
    assertThat(failure(placements().place(place(stranger, secret, newId()))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(
            failure(placements().place(place(stranger, board(owner, "never created"), newId())))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
  }

  @Test
  @DisplayName("B9: a secret board takes its owner's Pins only with the scopes for secrets")
  default void secretBoardsNeedScopes() {
    long owner = newId();
    Board secret = create(owner, Privacy.PRIVACY_SECRET);

    assertThat(
            failure(
                    placements()
                        .place(place(callerWithout(owner, "boards:read_secret"), secret, 1)))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(
            failure(placements().place(place(callerWithout(owner, "pins:write_secret"), secret, 1)))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE);
    await(placements().place(place(caller(owner), secret, newId())));
    assertThat(now(secret).getPinCount()).isEqualTo(1);
  }

  @Test
  default void editorsPlaceAndRemoveViewersDoNot() {
    long owner = newId();
    long editor = newId();
    long viewer = newId();
    Board secret = create(owner, Privacy.PRIVACY_SECRET);
    join(id(secret), editor, Role.EDITOR);
    join(id(secret), viewer, Role.VIEWER);
    long pin = newId();

    await(placements().place(place(caller(editor), secret, pin)));
    long other = placed(owner, secret, 1).get(0);
    await(placements().remove(remove(caller(editor), secret, other, false)));

    assertThat(failure(placements().place(place(caller(viewer), secret, newId()))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
    assertThat(failure(placements().remove(remove(caller(viewer), secret, pin, false))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_PERMISSION_DENIED);
    assertThat(walk(secret, 10)).containsExactly(pin);
  }

  @Test
  default void ownersTakeTheirPinsOffAnyBoard() {
    long owner = newId();
    Board secret = create(owner, Privacy.PRIVACY_SECRET);
    long pin = placed(owner, secret, 1).get(0);
    Caller stranger = caller(newId());

    assertThat(failure(placements().remove(remove(stranger, secret, pin, false))).code())
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(walk(secret, 10)).containsExactly(pin);
    await(placements().remove(remove(stranger, secret, pin, true)));
    assertThat(walk(secret, 10)).isEmpty();
  }

  @Test
  @DisplayName("B7: nothing is placed on a deleted board; what stands is listed until purged")
  default void deletedBoardIsTakenDown() {
    long owner = newId();
    Board board = publicBoard(owner);
    List<Long> pins = placed(owner, board, 5);
    assertThat(failure(placements().purge(id(board))).code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(failure(placements().scan(id(board), 0, 10, true)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_DELETED);
    assertThat(await(placements().scan(id(board), 0, 10, false))).hasSize(5);
    await(boards().delete(id(board), owner, b -> {}, ""));

    assertThat(failure(placements().place(place(caller(owner), board, newId()))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertThat(failure(placements().page(id(board), Position.START, 5)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    await(placements().remove(remove(caller(owner), board, pins.get(0), true)));
    List<Placement> first = await(placements().scan(id(board), 0, 3, true));
    List<Placement> rest = await(placements().scan(id(board), pins.get(2), 3, false));
    assertThat(first).extracting(p -> Long.valueOf(p.getPinId())).isEqualTo(pins.subList(0, 3));
    assertThat(rest).extracting(p -> Long.valueOf(p.getPinId())).isEqualTo(pins.subList(3, 5));

    await(placements().purge(id(board)));
    await(placements().purge(id(board)));

    assertThat(await(placements().scan(id(board), 0, 10, true))).isEmpty();
    assertThat(await(boards().states(List.of(id(board)))).get(id(board)).getDeleted()).isTrue();
    assertThat(failure(placements().purge(newId())).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
  }

  @Test
  default void writersAtOnceAreAllCounted() {
    long owner = newId();
    Board board = publicBoard(owner);
    List<Long> old = placed(owner, board, 4);

    Ended<Object> ended =
        together(
            12,
            i ->
                i < 4
                    ? placements()
                        .remove(remove(caller(owner), board, old.get(i), false))
                        .thenApply(done -> "removed")
                    : placements()
                        .place(place(caller(owner), board, newId()))
                        .thenApply(done -> done));

    assertThat(ended.failures()).isEmpty();
    assertThat(now(board).getPinCount()).isEqualTo(8);
    assertThat(walk(board, 3)).hasSize(8).doesNotHaveDuplicates();
  }
}
