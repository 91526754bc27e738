// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.get;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.corkboard.pin.StoredPin.Stage;
import dev.corkboard.pin.StoredPin.State;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every {@link PinStore} does. */
interface PinStoreContract {
  PinStore pins();

  private Pin live() {
    Pin pin = Pins.pin(someId(), someId(), someId());
    Intent creation = Pins.creation(pin);
    assertThat(get(pins().insert(creation))).isTrue();
    assertThat(get(pins().publish(creation))).isTrue();
    return pin;
  }

  private static Pin next(Pin pin, String title) {
    return pin.toBuilder()
        .setTitle(title)
        .setEtag(Long.toString(Long.parseLong(pin.getEtag()) + 1))
        .build();
  }

  private static Intent move(Pin pin, String boardId, String requestId) {
    Pin after = next(pin, "moved").toBuilder().setBoardId(boardId).setSectionId("9").build();
    return Intents.move(
        pin,
        after,
        requestId,
        ByteString.copyFromUtf8("h"),
        Pins.caller(pin.getOwnerId()),
        Pins.NOW);
  }

  private static Intent deletion(Pin pin) {
    return Intents.delete(pin, false, Pins.caller(pin.getOwnerId()), Pins.NOW);
  }

  @Test
  default void pendingPinIsNotSeenUntilPublished() {
    Pin pin = Pins.pin(someId(), someId(), someId());
    Intent creation = Pins.creation(pin);
    assertThat(get(pins().get(pin.getId()))).isEmpty();
    assertThat(get(pins().insert(creation))).isTrue();
    assertThat(get(pins().get(pin.getId()))).isEmpty();
    StoredPin row = get(pins().load(pin.getId())).orElseThrow();
    assertThat(row.state()).isEqualTo(State.PENDING);
    assertThat(row.pin()).isEqualTo(pin);
    assertThat(row.progress().orElseThrow())
        .isEqualTo(new StoredPin.Progress(creation, Stage.BEGUN));
    assertThat(get(pins().publish(creation))).isTrue();
    assertThat(get(pins().get(pin.getId()))).contains(pin);
    assertThat(get(pins().load(pin.getId())))
        .contains(new StoredPin(State.LIVE, pin, Optional.empty()));
  }

  @Test
  default void keepsACarouselWithItsWordsAndEmptyFields() {
    Pin pin =
        Pin.newBuilder()
            .setId(someId())
            .setOwnerId(someId())
            .setBoardId(someId())
            .setSectionId("5")
            .setParentPinId("3")
            .setRootPinId("2")
            .setCreativeType(CreativeType.CREATIVE_TYPE_CAROUSEL)
            .addImages(PinImage.newBuilder().setImage(Pins.image("a")).setTitle("one"))
            .addImages(PinImage.newBuilder().setImage(Pins.image("b")).setLink("http://b"))
            .setCreateTime(Intents.timestamp(Pins.NOW))
            .setUpdateTime(Intents.timestamp(Pins.NOW))
            .setEtag("1")
            .build();
    Intent creation = Pins.creation(pin);
    get(pins().insert(creation));
    get(pins().publish(creation));
    assertThat(get(pins().get(pin.getId()))).contains(pin);
  }

  @Test
  default void anIdIsUsedOnce() {
    Pin pin = live();
    assertThat(get(pins().insert(Pins.creation(pin)))).isFalse();
    Intent deletion = deletion(pin);
    assertThat(get(pins().bury(deletion, "1"))).isTrue();
    assertThat(get(pins().release(deletion))).isTrue();
    assertThat(get(pins().insert(Pins.creation(pin)))).isFalse();
  }

  @Test
  default void whatIsPrecludedIsNeverCreated() {
    Pin pin = Pins.pin(someId(), someId(), someId());
    assertThat(get(pins().preclude(pin.getId(), pin.getOwnerId(), pin.getBoardId()))).isTrue();
    assertThat(get(pins().insert(Pins.creation(pin)))).isFalse();
    StoredPin row = get(pins().load(pin.getId())).orElseThrow();
    assertThat(row.state()).isEqualTo(State.DELETED);
    assertThat(row.progress()).isEmpty();
    assertThat(row.pin().getOwnerId()).isEqualTo(pin.getOwnerId());
    assertThat(row.pin().getBoardId()).isEqualTo(pin.getBoardId());
    Pin there = live();
    assertThat(get(pins().preclude(there.getId(), there.getOwnerId(), there.getBoardId())))
        .isFalse();
    assertThat(get(pins().get(there.getId()))).contains(there);
  }

  @Test
  default void refusedCreationIsNeverLive() {
    Pin pin = Pins.pin(someId(), someId(), someId());
    Intent creation = Pins.creation(pin);
    get(pins().insert(creation));
    assertThat(get(pins().abandon(creation))).isTrue();
    assertThat(get(pins().publish(creation))).isFalse();
    StoredPin row = get(pins().load(pin.getId())).orElseThrow();
    assertThat(row.state()).isEqualTo(State.DELETED);
    assertThat(row.progress().orElseThrow().stage()).isEqualTo(Stage.ABORTED);
    assertThat(row.pin().getImagesList()).isEmpty();
    assertThat(get(pins().release(creation))).isTrue();
    assertThat(get(pins().get(pin.getId()))).isEmpty();
  }

  @Test
  default void onlyOneOperationHoldsAPin() {
    Pin pin = live();
    Intent first = move(pin, someId(), "");
    Intent second = move(pin, someId(), "");
    assertThat(get(pins().lock(first, "1"))).isTrue();
    assertThat(get(pins().lock(second, "1"))).isFalse();
    assertThat(get(pins().bury(deletion(pin), "1"))).isFalse();
    assertThat(get(pins().bury(pin))).isFalse();
    assertThat(get(pins().update(pin, next(pin, "x"), "", ByteString.EMPTY))).isFalse();
    assertThat(get(pins().commit(second))).isFalse();
    assertThat(get(pins().release(second))).isFalse();
    assertThat(get(pins().get(pin.getId()))).contains(pin);
    assertThat(get(pins().release(first))).isTrue();
    assertThat(get(pins().lock(second, "1"))).isTrue();
  }

  @Test
  default void committedMoveChangesBoardAndEtagAndCannotBeCalledOff() {
    Pin pin = live();
    Intent move = move(pin, someId(), "");
    get(pins().lock(move, "1"));
    assertThat(get(pins().commit(move))).isTrue();
    assertThat(get(pins().callOff(move))).isFalse();
    assertThat(get(pins().get(pin.getId()))).contains(move.getMove().getAfter());
    assertThat(get(pins().load(pin.getId())).orElseThrow().progress().orElseThrow().stage())
        .isEqualTo(Stage.COMMITTED);
    assertThat(get(pins().release(move))).isTrue();
    assertThat(get(pins().lock(move, "1"))).isFalse();
  }

  @Test
  default void moveCalledOffCannotBeCommitted() {
    Pin pin = live();
    Intent move = move(pin, someId(), "");
    get(pins().lock(move, "1"));
    assertThat(get(pins().callOff(move))).isTrue();
    assertThat(get(pins().commit(move))).isFalse();
    assertThat(get(pins().release(move))).isTrue();
    assertThat(get(pins().get(pin.getId()))).contains(pin);
  }

  @Test
  default void deletedPinKeepsOnlyWhereItStood() {
    Pin pin = live();
    Intent deletion = deletion(pin);
    assertThat(get(pins().bury(deletion, "2"))).isFalse();
    assertThat(get(pins().bury(deletion, "1"))).isTrue();
    assertThat(get(pins().get(pin.getId()))).isEmpty();
    StoredPin row = get(pins().load(pin.getId())).orElseThrow();
    assertThat(row.state()).isEqualTo(State.DELETED);
    assertThat(row.pin())
        .isEqualTo(
            Pin.newBuilder()
                .setId(pin.getId())
                .setOwnerId(pin.getOwnerId())
                .setBoardId(pin.getBoardId())
                .setCreativeType(pin.getCreativeType())
                .setEtag("1")
                .build());
    assertThat(get(pins().bury(deletion, "1"))).isFalse();
    assertThat(get(pins().release(deletion))).isTrue();
    assertThat(get(pins().lock(move(pin, "8", ""), "1"))).isFalse();
  }

  @Test
  default void pinOfADeletedBoardIsBuriedWithoutAnOperation() {
    Pin pin = live();
    assertThat(get(pins().bury(pin))).isTrue();
    assertThat(get(pins().bury(pin))).isFalse();
    assertThat(get(pins().load(pin.getId())).orElseThrow().progress()).isEmpty();
    assertThat(get(pins().get(pin.getId()))).isEmpty();
  }

  @Test
  default void updateHoldsForTheEtagAlone() {
    Pin pin = live();
    Pin second = next(pin, "second");
    assertThat(get(pins().update(pin, second, "", ByteString.EMPTY))).isTrue();
    assertThat(get(pins().get(pin.getId()))).contains(second);
    assertThat(get(pins().update(pin, next(pin, "third"), "", ByteString.EMPTY))).isFalse();
    Pin cleared = next(second, "").toBuilder().clearLink().clearDescription().build();
    assertThat(get(pins().update(second, cleared, "", ByteString.EMPTY))).isTrue();
    assertThat(get(pins().get(pin.getId()))).contains(cleared);
  }

  @Test
  default void requestChangesAPinOnce() {
    Pin pin = live();
    String request = UUID.randomUUID().toString();
    ByteString hash = ByteString.copyFromUtf8("hash");
    assertThat(get(pins().changedBy(pin.getId(), request))).isEmpty();
    Pin second = next(pin, "second");
    assertThat(get(pins().update(pin, second, request, hash))).isTrue();
    assertThat(get(pins().changedBy(pin.getId(), request))).contains(hash);
    assertThat(get(pins().update(second, next(second, "third"), request, hash))).isFalse();
    Intent again = move(second, someId(), request);
    assertThat(get(pins().lock(again, "2"))).isTrue();
    assertThat(get(pins().commit(again))).isFalse();
    assertThat(get(pins().release(again))).isTrue();
    String other = UUID.randomUUID().toString();
    Intent move = move(second, someId(), other);
    get(pins().lock(move, "2"));
    assertThat(get(pins().commit(move))).isTrue();
    assertThat(get(pins().changedBy(pin.getId(), other))).contains(ByteString.copyFromUtf8("h"));
  }

  @Test
  default void ofManyOnlyTheLiveOnesAreFound() {
    Pin one = live();
    Pin gone = live();
    Pin two = live();
    get(pins().bury(gone));
    assertThat(get(pins().getAll(List.of(one.getId(), gone.getId(), two.getId(), someId()))))
        .containsOnlyKeys(one.getId(), two.getId())
        .containsValues(one, two);
    assertThat(get(pins().getAll(List.of()))).isEmpty();
  }

  @Test
  default void concurrentUpdatesOfOneEtagLetOneThrough() {
    Pin pin = live();
    List<CompletableFuture<Boolean>> updates = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Pin next = next(pin, "writer " + i);
      updates.add(
          CompletableFuture.supplyAsync(() -> get(pins().update(pin, next, "", ByteString.EMPTY))));
    }
    long applied = updates.stream().filter(CompletableFuture::join).count();
    assertThat(applied).isEqualTo(1);
    assertThat(get(pins().get(pin.getId())).orElseThrow().getEtag()).isEqualTo("2");
  }

  @Test
  default void scanMeetsEveryRow() {
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 20; i++) expected.add(live().getId());
    Pin gone = live();
    get(pins().bury(gone));
    expected.add(gone.getId());
    Set<String> seen = Collections.synchronizedSet(new HashSet<>());
    get(pins().scan(row -> seen.add(row.pin().getId())));
    assertThat(seen).containsAll(expected);
  }
}
