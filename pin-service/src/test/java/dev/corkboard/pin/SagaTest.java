// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.get;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.testing.Crash;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Crashes after every call, and races, end with a Pin that is live, placed and listed, or none is.
 */
class SagaTest {
  private final PinRig rig = newRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private String board;
  private String other;

  /** The stores to run on. */
  PinRig newRig() {
    return new PinRig();
  }

  @BeforeEach
  void makeBoards() {
    board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    other = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
  }

  private Caller caller() {
    return new Caller(owner, TestTokens.ALL_SCOPES, Optional.empty(), "rid", "");
  }

  private Intent creation(String boardId) {
    Pin pin = Pins.pin(Long.toString(rig.ids.incrementAndGet()), owner, boardId);
    return Intents.create(pin, "", caller(), rig.clock.instant());
  }

  private Intent move(Pin pin, String to) {
    Pin after =
        pin.toBuilder()
            .setBoardId(to)
            .setEtag(Long.toString(Long.parseLong(pin.getEtag()) + 1))
            .build();
    return Intents.move(pin, after, "", ByteString.EMPTY, caller(), rig.clock.instant());
  }

  private Intent deletion(Pin pin) {
    return Intents.delete(pin, false, caller(), rig.clock.instant());
  }

  private Pin row(String pinId) {
    return get(rig.pins.load(pinId)).orElseThrow().pin();
  }

  /** Runs what a process begins, dying after each number of calls, and sweeps up behind it. */
  private int crashEverywhere(
      boolean lastArrives, Supplier<String> prepare, Function<String, Intent> intent) {
    for (int calls = 0; ; calls++) {
      String pinId = prepare.get();
      Intent begun = intent.apply(pinId);
      Crash crash = new Crash(calls, lastArrives);
      CompletionStage<Optional<StoredPin>> row =
          CompletableFuture.completedStage(get(rig.pins.load(begun.getPinId())));
      CompletableFuture<Outcome> run =
          row.thenCompose(found -> rig.sagas(crash).run(begun, found)).toCompletableFuture();
      run.handle((outcome, failure) -> outcome).join();
      rig.sweep();
      rig.assertWhole(begun.getPinId(), owner);
      if (!crash.happened()) return calls;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void creationSurvivesACrashAfterEveryCall(boolean lastArrives) {
    int calls = crashEverywhere(lastArrives, () -> "", none -> creation(board));
    assertThat(calls).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusedCreationSurvivesACrashAfterEveryCall(boolean lastArrives) {
    rig.boards.board(board).limit = 0;
    int calls = crashEverywhere(lastArrives, () -> "", none -> creation(board));
    assertThat(calls).isGreaterThan(5);
    assertThat(rig.boards.board(board).placements).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void moveSurvivesACrashAfterEveryCall(boolean lastArrives) {
    int calls =
        crashEverywhere(
            lastArrives, () -> rig.create(owner, board).getId(), pin -> move(row(pin), other));
    assertThat(calls).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusedMoveSurvivesACrashAfterEveryCall(boolean lastArrives) {
    rig.boards.board(other).limit = 0;
    int calls =
        crashEverywhere(
            lastArrives, () -> rig.create(owner, board).getId(), pin -> move(row(pin), other));
    assertThat(calls).isGreaterThan(5);
    assertThat(rig.boards.board(other).placements).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deletionSurvivesACrashAfterEveryCall(boolean lastArrives) {
    int calls =
        crashEverywhere(
            lastArrives, () -> rig.create(owner, board).getId(), pin -> deletion(row(pin)));
    assertThat(calls).isEqualTo(6);
  }

  @Test
  void deletionOnceDecidedIsSeenAtOnceThoughTheProcessDies() {
    Pin pin = rig.create(owner, board);
    Crash crash = new Crash(2, false);
    Intent deletion = deletion(row(pin.getId()));
    assertThatThrownBy(() -> get(rig.sagas(crash).run(deletion, get(rig.pins.load(pin.getId())))))
        .hasMessageContaining("crashed");
    assertThat(get(rig.pins.get(pin.getId()))).isEmpty();
    assertThat(rig.boards.boardsOf(pin.getId())).containsExactly(board);
    rig.sweep();
    rig.assertWhole(pin.getId(), owner);
  }

  @Test
  void sweepersOfSeveralReplicasDoNotHarmEachOther() {
    List<String> begun = new ArrayList<>();
    for (int calls = 1; calls < 6; calls++) {
      Intent creation = creation(board);
      begun.add(creation.getPinId());
      rig.sagas(new Crash(calls, true))
          .run(creation, Optional.empty())
          .handle((outcome, failure) -> outcome)
          .toCompletableFuture()
          .join();
    }
    List<Intent> open = rig.intents.all();
    List<CompletableFuture<Outcome>> resumed = new ArrayList<>();
    for (int replica = 0; replica < 4; replica++) {
      PinSagas sagas = rig.sagas();
      for (Intent intent : open) {
        resumed.add(CompletableFuture.supplyAsync(() -> sagas).thenCompose(s -> s.resume(intent)));
      }
    }
    resumed.forEach(CompletableFuture::join);
    rig.sweep();
    begun.forEach(pin -> rig.assertWhole(pin, owner));
    assertThat(rig.boards.board(board).placements).hasSize(5);
  }

  @Test
  void twoMovesOfOneEtagEndOnOneBoard() {
    String third = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    for (int round = 0; round < 20; round++) {
      Pin pin = row(rig.create(owner, board).getId());
      Optional<StoredPin> seen = get(rig.pins.load(pin.getId()));
      List<CompletableFuture<Outcome>> moves =
          List.of(
              CompletableFuture.supplyAsync(() -> get(rig.sagas().run(move(pin, other), seen))),
              CompletableFuture.supplyAsync(() -> get(rig.sagas().run(move(pin, third), seen))));
      List<Outcome.Kind> kinds = moves.stream().map(move -> move.join().kind()).toList();
      assertThat(kinds).containsExactlyInAnyOrder(Outcome.Kind.DONE, Outcome.Kind.MOOT);
      rig.assertWhole(pin.getId(), owner);
    }
  }

  @Test
  void moveAndDeletionEndDeleted() {
    for (int round = 0; round < 20; round++) {
      Pin pin = row(rig.create(owner, board).getId());
      Optional<StoredPin> seen = get(rig.pins.load(pin.getId()));
      CompletableFuture<Outcome> move =
          CompletableFuture.supplyAsync(() -> get(rig.sagas().run(move(pin, other), seen)));
      CompletableFuture<Outcome> deletion =
          CompletableFuture.supplyAsync(() -> get(rig.sagas().run(deletion(pin), seen)));
      assertThat(deletion.join().kind()).isEqualTo(Outcome.Kind.DONE);
      move.join();
      assertThat(get(rig.pins.get(pin.getId()))).isEmpty();
      rig.assertWhole(pin.getId(), owner);
    }
  }

  @Test
  void processThatSleptBeforePlacingLeavesNothingOnTheBoard() {
    Pin pin = row(rig.create(owner, board).getId());
    rig.boards.board(other).limit = 0;
    Intent move = move(pin, other);
    StoredPin asSeenBySleeper =
        new StoredPin(
            StoredPin.State.LIVE,
            pin,
            Optional.of(new StoredPin.Progress(move, StoredPin.Stage.BEGUN)));
    Outcome refused = get(rig.sagas().run(move, get(rig.pins.load(pin.getId()))));
    assertThat(refused.kind()).isEqualTo(Outcome.Kind.REFUSED);
    rig.boards.board(other).limit = 100;
    Outcome late = get(rig.sagas().run(move, Optional.of(asSeenBySleeper)));
    assertThat(late.kind()).isEqualTo(Outcome.Kind.MOOT);
    assertThat(rig.boards.board(other).placements).isEmpty();
    rig.assertWhole(pin.getId(), owner);
  }

  @Test
  void sleeperOfACreationThatWasRefusedLeavesNothingOnTheBoard() {
    rig.boards.board(board).limit = 0;
    Intent creation = creation(board);
    assertThat(get(rig.sagas().run(creation, Optional.empty())).kind())
        .isEqualTo(Outcome.Kind.REFUSED);
    rig.boards.board(board).limit = 100;
    StoredPin asSeenBySleeper =
        new StoredPin(
            StoredPin.State.PENDING,
            creation.getCreation().getPin(),
            Optional.of(new StoredPin.Progress(creation, StoredPin.Stage.BEGUN)));
    assertThat(get(rig.sagas().run(creation, Optional.of(asSeenBySleeper))).kind())
        .isEqualTo(Outcome.Kind.MOOT);
    rig.assertWhole(creation.getPinId(), owner);
  }

  @Test
  void boardDeletedBeforeThePlaceLeavesNothing() {
    rig.boards.delete(board);
    Intent creation = creation(board);
    Outcome outcome = get(rig.sagas().run(creation, Optional.empty()));
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REFUSED);
    rig.assertWhole(creation.getPinId(), owner);
    assertThat(rig.intents.all()).isEmpty();
  }

  @Test
  void unreachableBoardServiceIsNoRefusal() {
    Intent creation = creation(board);
    assertThatThrownBy(() -> get(rig.sagas(new Crash(2, false)).run(creation, Optional.empty())))
        .hasMessageContaining("crashed");
    assertThat(rig.intents.all()).containsExactly(creation);
    rig.sweep();
    assertThat(get(rig.pins.get(creation.getPinId()))).isPresent();
    rig.assertWhole(creation.getPinId(), owner);
  }
}
