// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.get;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.v1.Placement;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.listing.OwnerListing.Entry;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.Crash;
import dev.corkboard.platform.testing.GrpcExtension;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReconcilerTest {
  private final PinRig rig = new PinRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private String board;
  private Pin pin;

  @BeforeEach
  void makePins() {
    board = rig.boards.create(owner, Privacy.PRIVACY_SECRET);
    for (int i = 0; i < 12; i++) pin = rig.create(owner, board);
  }

  private double gauge() {
    return rig.metrics.get("corkboard.reconciler.mismatches").gauge().value();
  }

  private double rounds(String outcome) {
    return rig.metrics.get("corkboard.reconciler.rounds").tag("outcome", outcome).counter().count();
  }

  @Test
  void findsNothingWhereAllIsWell() {
    Reconciler reconciler = rig.reconciler();
    assertThat(gauge()).isNaN();
    assertThat(rounds("completed")).isZero();
    assertThat(get(reconciler.reconcile())).isZero();
    assertThat(gauge()).isZero();
    assertThat(rounds("completed")).isEqualTo(1);
    assertThat(rounds("failed")).isZero();
  }

  @Test
  void roundThatFailsSaysNothingAboutMismatches() {
    get(rig.listing.remove(owner, pin.getId()));
    OwnerListing listing = rig.listing;
    AtomicBoolean broken = new AtomicBoolean();
    rig.listing =
        intercepted(
            (method, args) -> {
              if (broken.get()) throw ApiException.unavailable("The store is away.", null);
            },
            listing);
    Reconciler reconciler = rig.reconciler();
    get(reconciler.reconcile());
    get(
        listing.add(
            owner, new Entry(pin.getId(), board, pin.getCreativeType(), false), UUID.randomUUID()));

    broken.set(true);
    assertThat(reconciler.reconcile().toCompletableFuture()).isCompletedExceptionally();

    assertThat(gauge()).isEqualTo(1);
    assertThat(rounds("completed")).isEqualTo(1);
    assertThat(rounds("failed")).isEqualTo(1);
  }

  @Test
  void countsAPlaceOnABoardThatNoPinNames() {
    String elsewhere = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    rig.boards
        .board(elsewhere)
        .placements
        .put(Long.parseLong(pin.getId()), Placement.newBuilder().setPinId(pin.getId()).build());
    assertThat(get(rig.reconciler().reconcile())).isEqualTo(1);
  }

  @Test
  void countsWhatIsLeftOfAnOwnerAndABoardWithoutAnyPin() {
    String last = rig.boards.create(someId(), Privacy.PRIVACY_PUBLIC);
    String loner = rig.boards.board(last).owner;
    get(rig.pins.bury(get(rig.pins.get(rig.create(loner, last).getId())).orElseThrow()));
    assertThat(get(rig.reconciler().reconcile())).isEqualTo(2);
  }

  @Test
  void countsABoardThatMiscountsItsPins() {
    rig.boards.board(board).miscounted = -1;
    assertThat(get(rig.reconciler().reconcile())).isEqualTo(1);
    rig.boards.delete(board);
    assertThat(get(rig.reconciler().reconcile())).isZero();
  }

  @Test
  void boardIsReadOnceMoreHoweverManyPinsAreWrong() {
    rig.boards.board(board).placements.clear();
    AtomicInteger reads = new AtomicInteger();
    Placements placements = rig.placements();
    Placements counted =
        intercepted(
            (method, args) -> {
              if (method.getName().equals("standing")) reads.incrementAndGet();
            },
            placements);
    assertThat(get(rig.reconciler(counted).reconcile())).isEqualTo(12);
    assertThat(reads).hasValue(2);
  }

  private interface Before {
    void call(Method method, Object[] args);
  }

  @SuppressWarnings("unchecked")
  private static <T> T intercepted(Before before, T real) {
    Class<?> type = real.getClass().getInterfaces()[0];
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              before.call(method, args);
              return method.invoke(real, args);
            });
  }

  @Test
  void countsALivePinThatDoesNotStandOnItsBoard() {
    rig.boards.board(board).placements.remove(Long.parseLong(pin.getId()));
    assertThat(get(rig.reconciler().reconcile())).isEqualTo(1);
    assertThat(gauge()).isEqualTo(1);
  }

  @Test
  void countsAPlacementWhosePinIsGone() {
    get(rig.pins.bury(get(rig.pins.get(pin.getId())).orElseThrow()));
    get(rig.listing.remove(owner, pin.getId()));
    assertThat(get(rig.reconciler().reconcile())).isEqualTo(1);
  }

  @Test
  void countsALivePinThatIsNotListed() {
    get(rig.listing.remove(owner, pin.getId()));
    assertThat(get(rig.reconciler().reconcile())).isEqualTo(1);
  }

  @Test
  void secondLookAtAListingReadsOnePinOnly() {
    get(rig.listing.remove(owner, pin.getId()));
    List<Integer> limits = new CopyOnWriteArrayList<>();
    rig.listing =
        intercepted(
            (method, args) -> {
              if (method.getName().equals("page")) limits.add((Integer) args[2]);
            },
            rig.listing);
    assertThat(get(rig.reconciler().reconcile())).isEqualTo(1);
    assertThat(limits).containsOnlyOnce(1);
  }

  @Test
  void finishesWhatACrashLeftInsteadOfCountingIt() {
    Pin half = Pins.pin(Long.toString(rig.ids.incrementAndGet()), owner, board);
    rig.sagas(new Crash(3, true))
        .run(Intents.create(half, "", Pins.caller(owner), rig.clock.instant()), Optional.empty())
        .handle((outcome, failure) -> failure)
        .toCompletableFuture()
        .join();
    assertThat(get(rig.reconciler().reconcile())).isZero();
  }

  @Test
  void livePinOnABoardNobodyKnowsIsCounted() {
    int stood = rig.boards.board(board).placements.size();
    assertThat(stood).isPositive();
    rig.boards.forget(board);
    assertThat(get(rig.reconciler().reconcile())).isEqualTo(stood);
    assertThat(rig.metrics.get("corkboard.reconciler.mismatches").gauge().value()).isEqualTo(stood);
  }

  @Test
  void picturesOfLiveAndPendingPinsAreInUse() {
    Pin pending = Pins.pin(Long.toString(rig.ids.incrementAndGet()), owner, board);
    get(rig.pins.insert(Pins.creation(pending)));
    Pin gone = rig.create(owner, board);
    Pin row = get(rig.pins.get(gone.getId())).orElseThrow();
    get(rig.pins.bury(row));
    Set<String> used = new HashSet<>();
    get(new PinReferences(rig.pins).forEachAssetKey(used::add));
    assertThat(used)
        .contains(
            pending.getImages(0).getImage().getAssetKey(),
            pin.getImages(0).getImage().getAssetKey())
        .doesNotContain(row.getImages(0).getImage().getAssetKey());
  }
}
