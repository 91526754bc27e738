// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.get;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.v1.Privacy;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.platform.testing.Crash;
import dev.corkboard.platform.testing.GrpcExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SagaSweeperTest {
  private final PinRig rig = new PinRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private String board;

  @BeforeEach
  void makeBoard() {
    board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
  }

  private SagaSweeper sweeper(PinSagas sagas) {
    return new SagaSweeper(
        sagas, rig.intents, rig.progress, Duration.ofSeconds(30), rig.clock, rig.metrics);
  }

  /** What a process leaves that dies after the row is pending. */
  private Intent leave(Instant begun) {
    Intent intent =
        Intents.create(
            Pins.pin(Long.toString(rig.ids.incrementAndGet()), owner, board),
            "",
            Pins.caller(owner),
            begun);
    rig.sagas(new Crash(2, false))
        .run(intent, Optional.empty())
        .handle((outcome, failure) -> failure)
        .toCompletableFuture()
        .join();
    assertThat(rig.intents.all()).contains(intent);
    return intent;
  }

  private boolean isLive(Intent intent) {
    return get(rig.pins.get(intent.getPinId())).isPresent();
  }

  @Test
  void leavesYoungOperationsToThoseWhoBeganThem() {
    SagaSweeper sweeper = sweeper(rig.sagas());
    get(sweeper.begin());
    Intent intent = leave(rig.clock.instant());
    get(sweeper.sweep());
    assertThat(isLive(intent)).isFalse();
    rig.clock.pass(Duration.ofSeconds(41));
    get(sweeper.sweep());
    assertThat(isLive(intent)).isTrue();
    assertThat(rig.intents.all()).isEmpty();
    assertThat(rig.metrics.counter("corkboard.saga.swept", "outcome", "finished").count())
        .isEqualTo(1);
  }

  @Test
  void findsWhatAProcessWithASlowClockWroteIntoABucketAlreadyRead() {
    SagaSweeper sweeper = sweeper(rig.sagas());
    get(sweeper.sweep());
    Intent intent = leave(rig.clock.instant().minus(Duration.ofMinutes(5)));
    get(sweeper.sweep());
    assertThat(isLive(intent)).isFalse();
    rig.clock.pass(Duration.ofMinutes(11));
    get(sweeper.sweep());
    assertThat(isLive(intent)).isTrue();
    assertThat(rig.intents.all()).isEmpty();
  }

  @Test
  void findsWhatASlowAndHesitantProcessWroteThoughItsOwnClockIsFast() {
    SagaSweeper sweeper = sweeper(rig.sagas());
    get(sweeper.sweep());
    Intent intent = leave(rig.clock.instant().minus(Duration.ofMinutes(5 + 5 + 2)));
    get(sweeper.sweep());
    rig.clock.pass(Duration.ofMinutes(6));
    get(sweeper.sweep());
    assertThat(isLive(intent)).isTrue();
    assertThat(rig.intents.all()).isEmpty();
  }

  @Test
  void goesOnFromTheMarkAfterALongPause() {
    get(sweeper(rig.sagas()).begin());
    Intent intent = leave(rig.clock.instant());
    rig.clock.pass(Duration.ofHours(7));
    SagaSweeper afterRestart = sweeper(rig.sagas());
    get(afterRestart.begin());
    get(afterRestart.sweep());
    assertThat(isLive(intent)).isTrue();
    assertThat(rig.intents.all()).isEmpty();
  }

  @Test
  void putsOffWhatCannotBeFinishedAndForgetsNothing() {
    Intent intent = leave(rig.clock.instant());
    rig.clock.pass(Duration.ofMinutes(1));
    get(sweeper(rig.sagas(new Crash(1, false))).sweep());
    assertThat(isLive(intent)).isFalse();
    assertThat(rig.intents.all())
        .singleElement()
        .satisfies(
            later -> {
              assertThat(later.getId()).isEqualTo(intent.getId());
              assertThat(later.getAttempts()).isPositive();
              assertThat(later.getBeginTime().getSeconds())
                  .isGreaterThan(rig.clock.instant().minusSeconds(1).getEpochSecond());
              assertThat(IntentStore.bucketOf(later)).isGreaterThan(IntentStore.bucketOf(intent));
            });
    rig.sweep();
    assertThat(isLive(intent)).isTrue();
    rig.assertWhole(intent.getPinId(), owner);
  }

  @Test
  void replicasThatPutOffTheSameOperationWriteOneRow() {
    Intent intent = leave(rig.clock.instant().minusSeconds(200));
    get(sweeper(rig.sagas(new Crash(1, false))).sweep());
    Intent later = rig.intents.all().get(0);
    // Another one read the row before it went.
    get(rig.intents.put(intent));
    get(sweeper(rig.sagas(new Crash(1, false))).sweep());
    assertThat(rig.intents.all()).containsExactly(later);
  }

  @Test
  void copyOfAReplicaThatCameLateMeetsTheOther() {
    Intent intent = leave(rig.clock.instant().minusSeconds(200));
    get(sweeper(rig.sagas(new Crash(1, false))).sweep());
    get(rig.intents.put(intent));
    rig.clock.pass(Duration.ofSeconds(150));
    get(sweeper(rig.sagas(new Crash(1, false))).sweep());
    assertThat(rig.intents.all()).hasSize(1);
    rig.sweep();
    rig.assertWhole(intent.getPinId(), owner);
  }
}
