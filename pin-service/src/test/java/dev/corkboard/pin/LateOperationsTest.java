// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.get;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.saves.SaveStore;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.store.v1.Intent.OperationCase;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.testing.GrpcExtension;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that sleeps before any call after its intent, until the sweeper has finished the
 * operation and perhaps another one has come after: when it goes on, nothing is changed.
 */
class LateOperationsTest {
  private static final Logger log = LoggerFactory.getLogger(LateOperationsTest.class);

  private final PinRig rig = new PinRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private String board;
  private String other;
  private String third;

  /** What happens to the Pin while the process sleeps. */
  private enum Meanwhile {
    SWEPT,
    SWEPT_AND_MOVED,
    SWEPT_AND_DELETED
  }

  /** A process that sleeps before one of its calls. */
  private static final class Sleeper {
    private final int at;
    private final AtomicInteger calls = new AtomicInteger();
    private final CompletableFuture<Void> asleep = new CompletableFuture<>();
    private final CompletableFuture<Void> woken = new CompletableFuture<>();

    Sleeper(int at) {
      this.at = at;
    }

    <T> T on(Class<T> type, T target) {
      Object proxy =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> {
                if (calls.getAndIncrement() != at) return method.invoke(target, arguments);
                asleep.complete(null);
                return woken.thenCompose(
                    awake -> {
                      try {
                        return (CompletionStage<?>) method.invoke(target, arguments);
                      } catch (ReflectiveOperationException e) {
                        return CompletableFuture.failedStage(e);
                      }
                    });
              });
      return type.cast(proxy);
    }
  }

  @BeforeEach
  void makeBoards() {
    board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    other = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    third = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
  }

  static Stream<Arguments> operations() {
    return Arrays.stream(OperationCase.values())
        .filter(kind -> kind != OperationCase.OPERATION_NOT_SET)
        .flatMap(kind -> Arrays.stream(Meanwhile.values()).map(then -> Arguments.of(kind, then)));
  }

  /** An operation of each kind; one that is added does not compile without it. */
  private Intent intent(OperationCase kind) {
    return switch (kind) {
      case CREATION -> {
        Pin pin = Pins.pin(Long.toString(rig.ids.incrementAndGet()), owner, board);
        yield Intents.create(pin, "", Pins.caller(owner), rig.clock.instant());
      }
      case MOVE -> move(created(), other);
      case DELETION -> Intents.delete(created(), false, Pins.caller(owner), rig.clock.instant());
      case TAKEDOWN -> {
        Pin pin = created();
        Intent stray = move(pin, other);
        get(rig.placements().place(stray, other, "", ""));
        yield Intents.takedown(stray, pin, other, rig.clock.instant());
      }
      case OPERATION_NOT_SET -> throw new IllegalArgumentException();
    };
  }

  private Pin created() {
    return row(rig.create(owner, board).getId());
  }

  private Pin row(String pinId) {
    return get(rig.pins.load(pinId)).orElseThrow().pin();
  }

  private Intent move(Pin pin, String to) {
    Pin after =
        pin.toBuilder()
            .setBoardId(to)
            .setEtag(Long.toString(Long.parseLong(pin.getEtag()) + 1))
            .build();
    return Intents.move(pin, after, "", ByteString.EMPTY, Pins.caller(owner), rig.clock.instant());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("operations")
  void sleeperChangesNothing(OperationCase kind, Meanwhile meanwhile) {
    int slept = 0;
    while (sleeps(intent(kind), slept + 1, meanwhile)) slept++;

    log.info("late operations: {} {} came too late {} times", kind, meanwhile, slept);
    assertThat(slept).isGreaterThan(2);
  }

  /** False when the operation makes no such call. */
  private boolean sleeps(Intent intent, int call, Meanwhile meanwhile) {
    Sleeper sleeper = new Sleeper(call);
    PinSagas sagas =
        new PinSagas(
            sleeper.on(PinStore.class, rig.pins),
            sleeper.on(RequestStore.class, rig.requests),
            sleeper.on(IntentStore.class, rig.intents),
            sleeper.on(OwnerListing.class, rig.listing),
            sleeper.on(Placements.class, rig.placements()),
            sleeper.on(SaveStore.class, rig.saves),
            rig.clock);
    CompletableFuture<Outcome> run =
        sagas.run(intent, get(rig.pins.load(intent.getPinId()))).toCompletableFuture();
    CompletableFuture.anyOf(sleeper.asleep, run).join();
    if (!sleeper.asleep.isDone()) return false;
    rig.sweep();
    goOn(intent.getPinId(), meanwhile);
    rig.assertWhole(intent.getPinId(), owner);
    List<Object> before = state(intent.getPinId());

    sleeper.woken.complete(null);
    run.handle((outcome, failure) -> outcome).join();
    rig.sweep();

    assertThat(state(intent.getPinId())).as("asleep at call %d", call).isEqualTo(before);
    rig.assertWhole(intent.getPinId(), owner);
    return true;
  }

  private void goOn(String pinId, Meanwhile meanwhile) {
    var row = get(rig.pins.load(pinId));
    if (row.filter(StoredPin::isLive).isEmpty()) return;
    Pin pin = row.get().pin();
    switch (meanwhile) {
      case SWEPT -> {}
      case SWEPT_AND_MOVED -> get(rig.sagas().run(move(pin, third), row));
      case SWEPT_AND_DELETED ->
          get(
              rig.sagas()
                  .run(Intents.delete(pin, false, Pins.caller(owner), rig.clock.instant()), row));
    }
  }

  private List<Object> state(String pinId) {
    List<Object> state = new ArrayList<>();
    state.add(get(rig.pins.load(pinId)));
    state.add(rig.boards.boardsOf(pinId));
    get(rig.listing.page(owner, "", 10_000)).stream()
        .filter(entry -> entry.pinId().equals(pinId))
        .forEach(state::add);
    return state;
  }
}
