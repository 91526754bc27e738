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
import dev.corkboard.platform.testing.Crash;
import dev.corkboard.platform.testing.GrpcExtension;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
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

  /** The follower of a process that dies. */
  private BoardFollower follower(Crash crash) {
    PinStore pins = crash.on(PinStore.class, rig.pins);
    Placements placements = crash.on(Placements.class, rig.placements());
    ProgressStore progress = crash.on(ProgressStore.class, rig.progress);
    OwnerListing listing = crash.on(OwnerListing.class, rig.listing);
    return new BoardFollower(
        placements,
        progress,
        pins,
        new BoardCascade(pins, listing, placements, progress, rig.sagas(crash)));
  }

  @Test
  void cascadeGoesOnAfterACrashAtEveryCall() {
    for (int calls = 0; ; calls++) {
      board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
      List<Pin> pins = fill(12);
      rig.boards.delete(board);
      Crash crash = new Crash(calls, true);
      follower(crash).poll().handle((done, failure) -> failure).toCompletableFuture().join();
      get(rig.follower().poll());
      assertGone(pins);
      if (!crash.happened()) {
        assertThat(calls).isGreaterThan(24);
        return;
      }
    }
  }

  @Test
  void replicasOnOneCursorThatDieAndOverwriteItTakeEverythingDown() {
    for (int round = 0; round < 20; round++) {
      board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
      List<Pin> pins = fill(4);
      rig.boards.delete(board);
      if (round % 5 == 4) rig.boards.forgetChanges();
      List<CompletableFuture<Throwable>> polls =
          Stream.of(follower(new Crash(3 * round, true)), rig.follower(), rig.follower())
              .map(follower -> CompletableFuture.supplyAsync(follower::poll))
              .map(poll -> poll.thenCompose(p -> p).handle((done, failure) -> failure))
              .toList();
      polls.forEach(CompletableFuture::join);
      get(rig.follower().poll());
      assertGone(pins);
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

  /** Deletes and purges the board; what was written of it is no longer in the log. */
  private void loseDeletion() {
    rig.boards.delete(board);
    get(rig.placements().purge(board));
    rig.boards.forgetChanges();
  }

  @Test
  void missedChangesAreMadeUpByComparingAllBoards() {
    get(rig.follower().poll());
    List<Pin> pins = fill(15);
    String other = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    Pin kept = rig.create(owner, other);
    loseDeletion();

    get(rig.follower().poll());

    assertGone(pins);
    assertThat(get(rig.pins.get(kept.getId()))).isPresent();
    assertThat(get(rig.progress.position(BoardFollower.CURSOR))).contains("1");
  }

  @Test
  void newFollowerKnowsNotWhatTheLogHasForgottenAndComparesAllBoards() {
    List<Pin> pins = fill(15);
    loseDeletion();

    get(rig.follower().poll());

    assertGone(pins);
  }

  @Test
  void comparingGoesOnAfterACrashAtEveryCall() {
    for (int calls = 0; calls < 40; calls++) {
      board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
      List<Pin> pins = fill(3);
      loseDeletion();
      Crash crash = new Crash(calls, calls % 2 == 0);
      follower(crash).poll().handle((done, failure) -> failure).toCompletableFuture().join();
      assertThat(crash.happened()).as("after %d calls", calls).isTrue();
      get(rig.follower().poll());
      assertGone(pins);
    }
  }

  @Test
  void pinThatCannotBeTakenDownHoldsUpNeitherTheOthersNorTheLog() {
    get(rig.follower().poll());
    List<Pin> pins = fill(40);
    loseDeletion();
    String stuck = pins.get(7).getId();
    AtomicBoolean isStuck = new AtomicBoolean(true);
    rig.pins = failing(rig.pins, stuck, isStuck);
    BoardFollower follower = rig.follower();

    get(follower.poll());
    assertThat(pins)
        .filteredOn(pin -> !pin.getId().equals(stuck))
        .allSatisfy(pin -> assertThat(get(rig.pins.get(pin.getId()))).isEmpty());

    String lost = board;
    board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    List<Pin> next = fill(5);
    rig.boards.delete(board);
    get(follower.poll());
    next.forEach(pin -> rig.assertWhole(pin.getId(), owner));

    isStuck.set(false);
    for (int poll = 0; poll < 5; poll++) get(follower.poll());
    board = lost;
    assertGone(pins);
  }

  /** A store that does not answer for one Pin. */
  private static PinStore failing(PinStore pins, String pinId, AtomicBoolean fails) {
    return (PinStore)
        Proxy.newProxyInstance(
            PinStore.class.getClassLoader(),
            new Class<?>[] {PinStore.class},
            (self, method, arguments) ->
                fails.get() && method.getName().equals("load") && arguments[0].equals(pinId)
                    ? CompletableFuture.failedStage(ApiException.unavailable("stuck", null))
                    : method.invoke(pins, arguments));
  }
}
