// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.get;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.board.v1.Privacy;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.testing.GrpcExtension;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
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

  @Test
  void findsNothingWhereAllIsWell() {
    assertThat(get(rig.reconciler().reconcile())).isZero();
    assertThat(gauge()).isZero();
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
    OwnerListing listing = rig.listing;
    List<Integer> limits = new CopyOnWriteArrayList<>();
    rig.listing =
        (OwnerListing)
            Proxy.newProxyInstance(
                OwnerListing.class.getClassLoader(),
                new Class<?>[] {OwnerListing.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("page")) limits.add((Integer) args[2]);
                  return method.invoke(listing, args);
                });
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
