// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.PinServiceTest.assertFails;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.DeletePinRequest;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.ListBoardPinsRequest;
import dev.corkboard.pin.v1.ListPinsRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.UpdatePinRequest;
import dev.corkboard.platform.testing.GrpcExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PinChangesTest {
  private final PinRig rig = newRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private final String stranger = someId();
  private String board;
  private String secret;

  /** The stores to run on. */
  PinRig newRig() {
    return new PinRig();
  }

  @BeforeEach
  void makeBoards() {
    board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    secret = rig.boards.create(owner, Privacy.PRIVACY_SECRET);
  }

  private Pin get(String account, String pinId) {
    return rig.as(account).getPin(GetPinRequest.newBuilder().setPinId(pinId).build());
  }

  private void assertNotFound(String account, String pinId) {
    assertFails(ErrorReason.ERROR_REASON_PIN_NOT_FOUND, () -> get(account, pinId));
  }

  private void delete(String account, String pinId) {
    rig.as(account).deletePin(DeletePinRequest.newBuilder().setPinId(pinId).build());
  }

  private Pin update(String account, Pin values, String... paths) {
    UpdatePinRequest.Builder request = UpdatePinRequest.newBuilder().setPin(values);
    if (paths.length > 0) {
      request.setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    }
    return rig.as(account).updatePin(request.build());
  }

  @Test
  @DisplayName("P10 a deleted Pin is gone; deleting it again is not found")
  void deletedPinIsGone() {
    Pin pin = rig.create(owner, board);
    delete(owner, pin.getId());
    assertNotFound(owner, pin.getId());
    assertFails(ErrorReason.ERROR_REASON_PIN_NOT_FOUND, () -> delete(owner, pin.getId()));
    rig.assertWhole(pin.getId(), owner);
    assertThat(rig.intents.all()).isEmpty();
  }

  @Test
  void ownerOfThePinAndOwnerOfTheBoardMayDelete() {
    rig.boards.board(board).editors.add(stranger);
    Pin first = rig.create(stranger, board);
    Pin second = rig.create(stranger, board);
    String third = someId();
    assertFails(ErrorReason.ERROR_REASON_PERMISSION_DENIED, () -> delete(third, first.getId()));
    rig.boards.board(board).editors.clear();
    delete(stranger, first.getId());
    delete(owner, second.getId());
    rig.assertWhole(first.getId(), stranger);
    rig.assertWhole(second.getId(), stranger);
  }

  @Test
  void staleEtagChangesNothing() {
    Pin pin = rig.create(owner, board);
    Pin next = update(owner, Pin.newBuilder().setId(pin.getId()).setTitle("New").build());
    assertThat(next.getEtag()).isNotEqualTo(pin.getEtag());
    assertFails(
        ErrorReason.ERROR_REASON_ETAG_MISMATCH,
        () ->
            update(
                owner,
                Pin.newBuilder()
                    .setId(pin.getId())
                    .setEtag(pin.getEtag())
                    .setTitle("Lost")
                    .build()));
    assertFails(
        ErrorReason.ERROR_REASON_ETAG_MISMATCH,
        () ->
            rig.as(owner)
                .deletePin(
                    DeletePinRequest.newBuilder()
                        .setPinId(pin.getId())
                        .setEtag(pin.getEtag())
                        .build()));
    assertThat(get(owner, pin.getId())).isEqualTo(next);
    rig.as(owner)
        .deletePin(
            DeletePinRequest.newBuilder().setPinId(pin.getId()).setEtag(next.getEtag()).build());
    assertNotFound(owner, pin.getId());
  }

  @Test
  void onlyTheOwnerOfAPinMayChangeIt() {
    rig.boards.board(board).editors.add(stranger);
    Pin pin = rig.create(stranger, board);
    assertFails(
        ErrorReason.ERROR_REASON_PERMISSION_DENIED,
        () -> update(owner, Pin.newBuilder().setId(pin.getId()).setTitle("x").build()));
  }

  @Test
  @DisplayName("P11 move between boards")
  void moveTakesThePinFromOneBoardToAnother() {
    Pin pin = rig.create(owner, board);
    String target = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    Pin moved =
        update(
            owner,
            Pin.newBuilder().setId(pin.getId()).setBoardId(target).setTitle("Moved").build());
    assertThat(moved.getBoardId()).isEqualTo(target);
    assertThat(moved.getTitle()).isEqualTo("Moved");
    assertThat(get(stranger, pin.getId())).isEqualTo(moved);
    rig.assertWhole(pin.getId(), owner);
    Pin hidden = update(owner, Pin.newBuilder().setId(pin.getId()).setBoardId(secret).build());
    assertThat(hidden.getBoardId()).isEqualTo(secret);
    assertNotFound(stranger, pin.getId());
    rig.assertWhole(pin.getId(), owner);
    assertThat(rig.intents.all()).isEmpty();
  }

  @Test
  void refusedMoveLeavesThePinWhereItWas() {
    Pin pin = rig.create(owner, board);
    String full = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    rig.boards.board(full).limit = 0;
    String foreign = rig.boards.create(stranger, Privacy.PRIVACY_PUBLIC);
    Pin.Builder move = Pin.newBuilder().setId(pin.getId());
    assertFails(
        ErrorReason.ERROR_REASON_BOARD_FULL, () -> update(owner, move.setBoardId(full).build()));
    assertFails(
        ErrorReason.ERROR_REASON_PERMISSION_DENIED,
        () -> update(owner, move.setBoardId(foreign).build()));
    assertFails(
        ErrorReason.ERROR_REASON_BOARD_NOT_FOUND,
        () -> update(owner, move.setBoardId(someId()).build()));
    assertThat(get(owner, pin.getId())).isEqualTo(pin);
    rig.assertWhole(pin.getId(), owner);
    assertThat(
            update(owner, Pin.newBuilder().setId(pin.getId()).setTitle("Free").build()).getTitle())
        .isEqualTo("Free");
  }

  @Test
  @DisplayName("S4: a Pin whose section is deleted stands in none, wherever it is shown")
  void pinOutlivesItsSection() {
    rig.boards.board(board).sections.add("77");
    CreatePinRequest.Builder request = PinRig.request(board);
    request.getPinBuilder().setSectionId("77");
    Pin pin = rig.as(owner).createPin(request.build());
    assertThat(pin.getSectionId()).isEqualTo("77");
    assertThat(get(owner, pin.getId()).getSectionId()).isEqualTo("77");
    rig.boards.board(board).sections.remove("77");
    assertThat(get(owner, pin.getId()).getSectionId()).isEmpty();
    assertThat(
            rig.as(owner).listPins(ListPinsRequest.getDefaultInstance()).getPins(0).getSectionId())
        .isEmpty();
    assertThat(
            rig.as(owner)
                .listBoardPins(ListBoardPinsRequest.newBuilder().setBoardId(board).build())
                .getPins(0)
                .getSectionId())
        .isEmpty();
    Pin changed = update(owner, Pin.newBuilder().setId(pin.getId()).setTitle("New").build());
    assertThat(changed.getSectionId()).isEmpty();
    assertThat(changed.getTitle()).isEqualTo("New");
  }

  @Test
  void sectionOfTheSameBoardChangesThePlacement() {
    Pin pin = rig.create(owner, board);
    Pin.Builder change = Pin.newBuilder().setId(pin.getId()).setSectionId("77");
    assertFails(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, () -> update(owner, change.build()));
    rig.boards.board(board).sections.add("77");
    assertThat(update(owner, change.build()).getSectionId()).isEqualTo("77");
    assertThat(rig.boards.board(board).placements.get(Long.parseLong(pin.getId())).getSectionId())
        .isEqualTo("77");
    assertThat(update(owner, change.clearSectionId().build(), "section_id").getSectionId())
        .isEmpty();
    rig.assertWhole(pin.getId(), owner);
  }

  @Test
  void updateRepeatedByRequestIdIsDoneOnce() {
    Pin pin = rig.create(owner, board);
    UpdatePinRequest request =
        UpdatePinRequest.newBuilder()
            .setPin(Pin.newBuilder().setId(pin.getId()).setEtag(pin.getEtag()).setTitle("Once"))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    Pin first = rig.as(owner).updatePin(request);
    assertThat(rig.as(owner).updatePin(request)).isEqualTo(first);
    Pin later = update(owner, Pin.newBuilder().setId(pin.getId()).setTitle("Later").build());
    assertThat(rig.as(owner).updatePin(request)).isEqualTo(later);
    assertFails(
        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
        () ->
            rig.as(owner)
                .updatePin(
                    request.toBuilder()
                        .setPin(request.getPin().toBuilder().setTitle("Twice"))
                        .build()));
  }

  @Test
  void concurrentUpdatesWithoutEtagAllHappen() {
    Pin pin = rig.create(owner, board);
    List<CompletableFuture<Pin>> updates = new ArrayList<>();
    List<String> fields = List.of("title", "description", "alt_text", "link");
    for (String field : fields) {
      Pin.Builder values = Pin.newBuilder().setId(pin.getId());
      values.setField(Pin.getDescriptor().findFieldByName(field), "http://x/" + field);
      updates.add(CompletableFuture.supplyAsync(() -> update(owner, values.build())));
    }
    updates.forEach(CompletableFuture::join);
    Pin end = get(owner, pin.getId());
    for (String field : fields) {
      assertThat(end.getField(Pin.getDescriptor().findFieldByName(field)))
          .isEqualTo("http://x/" + field);
    }
    assertThat(end.getEtag()).isEqualTo("5");
  }
}
