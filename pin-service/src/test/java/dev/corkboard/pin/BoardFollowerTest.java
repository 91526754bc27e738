// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.get;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.ListPinsRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.UpdatePinRequest;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.GrpcExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BoardFollowerTest {
  private final PinRig rig = new PinRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private String board;

  @BeforeEach
  void makeBoard() {
    board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
  }

  private List<Pin> fill(int pins) {
    List<Pin> made = new ArrayList<>();
    for (int i = 0; i < pins; i++) made.add(rig.create(owner, board));
    return made;
  }

  private void assertGone(List<Pin> pins) {
    pins.forEach(pin -> rig.assertWhole(pin.getId(), owner));
    pins.forEach(pin -> assertThat(get(rig.pins.get(pin.getId()))).isEmpty());
    assertThat(get(rig.listing.counts(owner))).doesNotContainKey(board);
    assertThat(rig.boards.isPurged(board)).isTrue();
    assertThat(get(rig.progress.cascades())).isEmpty();
  }

  @Test
  void pinsOfADeletedBoardAreHiddenAtOnceAndGoneAfterTheCascade() {
    List<Pin> pins = fill(25);
    String other = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    Pin kept = rig.create(owner, other);
    rig.boards.delete(board);

    for (Pin pin : pins) {
      GetPinRequest get = GetPinRequest.newBuilder().setPinId(pin.getId()).build();
      assertThatThrownBy(() -> rig.as(owner).getPin(get))
          .satisfies(
              e ->
                  assertThat(ApiException.from(e).reason())
                      .isEqualTo(ErrorReason.ERROR_REASON_PIN_NOT_FOUND));
    }
    assertThatThrownBy(() -> rig.save(owner, pins.get(0).getId(), other))
        .satisfies(
            e ->
                assertThat(ApiException.from(e).reason())
                    .isEqualTo(ErrorReason.ERROR_REASON_PIN_NOT_FOUND));
    assertThat(rig.as(owner).listPins(ListPinsRequest.getDefaultInstance()).getPinsList())
        .extracting(Pin::getId)
        .containsExactly(kept.getId());

    get(rig.follower().poll());
    assertGone(pins);
    rig.assertWhole(kept.getId(), owner);
    get(rig.follower().poll());
    assertGone(pins);
  }

  @Test
  void cascadeGoesOnAfterACrashAtEveryCall() {
    for (int calls = 0; ; calls++) {
      board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
      List<Pin> pins = fill(12);
      rig.boards.delete(board);
      Crash crash = new Crash(calls, true);
      PinStore dyingPins = crash.on(PinStore.class, rig.pins);
      Placements dyingPlacements = crash.on(Placements.class, rig.placements());
      ProgressStore dyingProgress = crash.on(ProgressStore.class, rig.progress);
      new BoardFollower(
              dyingPlacements,
              dyingProgress,
              dyingPins,
              new BoardCascade(
                  dyingPins,
                  crash.on(OwnerListing.class, rig.listing),
                  dyingPlacements,
                  dyingProgress,
                  rig.sagas(crash)))
          .poll()
          .handle((done, failure) -> failure)
          .toCompletableFuture()
          .join();
      get(rig.follower().poll());
      assertGone(pins);
      if (!crash.happened()) {
        assertThat(calls).isGreaterThan(36);
        return;
      }
    }
  }

  @Test
  void pinThatWasMovedAwayStays() {
    List<Pin> pins = fill(3);
    String other = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    Pin moved =
        rig.as(owner)
            .updatePin(
                UpdatePinRequest.newBuilder()
                    .setPin(Pin.newBuilder().setId(pins.get(1).getId()).setBoardId(other))
                    .build());
    rig.boards.delete(board);
    get(rig.follower().poll());
    assertThat(get(rig.pins.get(moved.getId()))).isPresent();
    rig.assertWhole(moved.getId(), owner);
    assertGone(List.of(pins.get(0), pins.get(2)));
  }

  @Test
  void boardDeletedInTheMiddleOfACreationLeavesNothing() {
    for (int calls = 0; calls <= 6; calls++) {
      board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
      Pin pin = Pins.pin(Long.toString(rig.ids.incrementAndGet()), owner, board);
      var creation = Intents.create(pin, "", Pins.caller(owner), rig.clock.instant());
      rig.sagas(new Crash(calls, true))
          .run(creation, java.util.Optional.empty())
          .handle((outcome, failure) -> failure)
          .toCompletableFuture()
          .join();
      rig.boards.delete(board);
      get(rig.follower().poll());
      rig.sweep();
      get(rig.follower().poll());
      assertGone(List.of(pin));
    }
  }

  @Test
  void missedChangesAreMadeUpByComparingAllBoards() {
    List<Pin> pins = fill(15);
    String other = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    Pin kept = rig.create(owner, other);
    rig.boards.delete(board);
    rig.boards.forgetChanges();
    get(rig.follower().poll());
    assertGone(pins);
    assertThat(get(rig.pins.get(kept.getId()))).isPresent();
    assertThat(get(rig.progress.position(BoardFollower.CURSOR))).contains("1");
  }
}
