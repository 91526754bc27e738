// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.FieldMask;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.DeletePinRequest;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinImage;
import dev.corkboard.pin.v1.SavePinRequest;
import dev.corkboard.pin.v1.UpdatePinRequest;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinServiceTest {
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

  static void assertFails(ErrorReason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(e -> assertThat(ApiException.from(e).reason()).isEqualTo(reason));
  }

  private static Set<String> without(String... scopes) {
    Set<String> left = new HashSet<>(TestTokens.ALL_SCOPES);
    left.removeAll(List.of(scopes));
    return left;
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
  void createdPinIsAnsweredReadAndPlaced() {
    Pin made = rig.create(owner, board);
    assertThat(made.getOwnerId()).isEqualTo(owner);
    assertThat(made.getBoardOwnerId()).isEqualTo(owner);
    assertThat(made.getRootPinId()).isEqualTo(made.getId());
    assertThat(made.getParentPinId()).isEmpty();
    assertThat(made.getCreativeType()).isEqualTo(CreativeType.CREATIVE_TYPE_REGULAR);
    assertThat(made.getDominantColor()).isEqualTo("#a0b1c2");
    assertThat(get(owner, made.getId())).isEqualTo(made);
    assertThat(get(stranger, made.getId())).isEqualTo(made);
    assertThat(
            rig.boards.board(board).placements.get(Long.parseLong(made.getId())).getCoverAssetKey())
        .isEqualTo(made.getImages(0).getImage().getAssetKey());
    rig.assertWhole(made.getId(), owner);
    assertThat(rig.intents.all()).isEmpty();
  }

  @Test
  @DisplayName("P1 a carousel keeps its words; an uploaded asset is taken")
  void carouselFromUploadedPictures() {
    Pin made =
        rig.as(owner)
            .createPin(
                CreatePinRequest.newBuilder()
                    .setPin(Pin.newBuilder().setBoardId(board))
                    .addImages(ImageSource.newBuilder().setAssetKey(owner + "-1").setTitle("one"))
                    .addImages(
                        ImageSource.newBuilder().setAssetKey(owner + "-2").setLink("http://a"))
                    .build());
    assertThat(made.getCreativeType()).isEqualTo(CreativeType.CREATIVE_TYPE_CAROUSEL);
    assertThat(made.getImagesList()).extracting(PinImage::getTitle).containsExactly("one", "");
    assertThat(made.getImages(1).getLink()).isEqualTo("http://a");
    assertFails(
        ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND,
        () ->
            rig.as(owner)
                .createPin(
                    PinRig.request(board)
                        .setImages(0, ImageSource.newBuilder().setAssetKey(stranger + "-1"))
                        .build()));
  }

  @Test
  @DisplayName("P6 whose board it is decides between 404 and 403, before any picture is fetched")
  void boardIsCheckedFirst() {
    assertFails(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, () -> rig.create(owner, someId()));
    assertFails(
        ErrorReason.ERROR_REASON_BOARD_NOT_FOUND,
        () -> rig.create(owner, "99999999999999999999999"));
    assertFails(ErrorReason.ERROR_REASON_PERMISSION_DENIED, () -> rig.create(stranger, board));
    assertFails(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, () -> rig.create(stranger, secret));
    rig.boards.delete(board);
    assertFails(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, () -> rig.create(owner, board));
    assertThat(rig.media.fetched).isEmpty();
  }

  @Test
  void editorOfABoardMayPutPinsThereAndOtherMembersLearnFromBoardServiceThatTheyMayNot() {
    rig.boards.board(board).editors.add(stranger);
    Pin made = rig.create(stranger, board);
    assertThat(made.getBoardOwnerId()).isEqualTo(owner);
    String third = someId();
    assertFails(ErrorReason.ERROR_REASON_PERMISSION_DENIED, () -> rig.create(third, board));
    assertThat(rig.boards.board(board).placements).hasSize(1);
  }

  @Test
  @DisplayName("P6 unknown section")
  void unknownSectionLeavesNothing() {
    CreatePinRequest.Builder request = PinRig.request(board);
    request.getPinBuilder().setSectionId("77");
    assertFails(
        ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, () -> rig.as(owner).createPin(request.build()));
    rig.assertWhole(Long.toString(rig.ids.get()), owner);
    rig.boards.board(board).sections.add("77");
    assertThat(rig.as(owner).createPin(request.build()).getSectionId()).isEqualTo("77");
  }

  @Test
  void fullBoardRefusesAndTheRequestIdMayBeUsedAgain() {
    rig.boards.board(board).limit = 0;
    CreatePinRequest request =
        PinRig.request(board).setRequestId(UUID.randomUUID().toString()).build();
    assertFails(ErrorReason.ERROR_REASON_BOARD_FULL, () -> rig.as(owner).createPin(request));
    rig.boards.board(board).limit = 1;
    Pin made = rig.as(owner).createPin(request);
    rig.assertWhole(made.getId(), owner);
  }

  @Test
  void pictureThatCannotBeFetchedLeavesNothing() {
    assertFails(
        ErrorReason.ERROR_REASON_IMAGE_FETCH_FAILED,
        () ->
            rig.as(owner)
                .createPin(
                    PinRig.request(board)
                        .setImages(0, ImageSource.newBuilder().setImageUrl("http://broken/"))
                        .build()));
    assertThat(rig.intents.all()).isEmpty();
    assertThat(rig.boards.board(board).placements).isEmpty();
  }

  @Test
  void repeatThatUploadedThePictureOnceMoreIsTheSameRequest() {
    CreatePinRequest.Builder request =
        PinRig.request(board).setRequestId(UUID.randomUUID().toString());
    request.setImages(0, ImageSource.newBuilder().setAssetKey(owner + "-cat#1"));
    Pin first = rig.as(owner).createPin(request.build());
    request.setImages(0, ImageSource.newBuilder().setAssetKey(owner + "-cat#2"));
    assertThat(rig.as(owner).createPin(request.build())).isEqualTo(first);
    request.setImages(0, ImageSource.newBuilder().setAssetKey(owner + "-dog#3"));
    assertFails(
        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED, () -> rig.as(owner).createPin(request.build()));
  }

  @Test
  void repeatOfARequestAnswersWithTheFirstPinAndFetchesNothing() {
    CreatePinRequest request =
        PinRig.request(board).setRequestId(UUID.randomUUID().toString()).build();
    Pin first = rig.as(owner).createPin(request);
    assertThat(rig.as(owner).createPin(request)).isEqualTo(first);
    assertThat(rig.media.fetched).hasSize(1);
    assertFails(
        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
        () ->
            rig.as(owner)
                .createPin(
                    request.toBuilder()
                        .setPin(request.getPin().toBuilder().setTitle("Other"))
                        .build()));
    rig.boards.board(board).editors.add(stranger);
    assertThat(rig.as(stranger).createPin(request).getId()).isNotEqualTo(first.getId());
    delete(owner, first.getId());
    assertFails(ErrorReason.ERROR_REASON_PIN_NOT_FOUND, () -> rig.as(owner).createPin(request));
  }

  @Test
  void sixteenRepeatsAtOnceMakeOnePin() {
    CreatePinRequest request =
        PinRig.request(board).setRequestId(UUID.randomUUID().toString()).build();
    List<CompletableFuture<Pin>> repeats = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      repeats.add(CompletableFuture.supplyAsync(() -> rig.as(owner).createPin(request)));
    }
    Set<String> ids = new HashSet<>();
    repeats.forEach(repeat -> ids.add(repeat.join().getId()));
    assertThat(ids).hasSize(1);
    assertThat(rig.boards.board(board).placements).hasSize(1);
    rig.assertWhole(ids.iterator().next(), owner);
    assertThat(rig.intents.all()).isEmpty();
  }

  @Test
  void parentMustBeSeenAndGivesTheRoot() {
    Pin root = rig.create(owner, board);
    CreatePinRequest.Builder request = PinRig.request(board);
    request.getPinBuilder().setParentPinId(root.getId());
    Pin child = rig.as(owner).createPin(request.build());
    assertThat(child.getParentPinId()).isEqualTo(root.getId());
    assertThat(child.getRootPinId()).isEqualTo(root.getId());
    request.getPinBuilder().setParentPinId(someId());
    assertFails(
        ErrorReason.ERROR_REASON_PIN_NOT_FOUND, () -> rig.as(owner).createPin(request.build()));
  }

  @Test
  @DisplayName("P13 a Pin on a secret board is as good as missing for others and without scopes")
  void secretPinsAreHidden() {
    Pin pin = rig.create(owner, secret);
    assertNotFound(stranger, pin.getId());
    GetPinRequest get = GetPinRequest.newBuilder().setPinId(pin.getId()).build();
    for (String scope : List.of("pins:read_secret", "boards:read_secret")) {
      assertFails(
          ErrorReason.ERROR_REASON_PIN_NOT_FOUND, () -> rig.as(owner, without(scope)).getPin(get));
    }
    String own = rig.boards.create(stranger, Privacy.PRIVACY_PUBLIC);
    assertFails(ErrorReason.ERROR_REASON_PIN_NOT_FOUND, () -> rig.save(stranger, pin.getId(), own));
    assertFails(ErrorReason.ERROR_REASON_PIN_NOT_FOUND, () -> delete(stranger, pin.getId()));
    assertFails(
        ErrorReason.ERROR_REASON_PIN_NOT_FOUND,
        () -> update(stranger, Pin.newBuilder().setId(pin.getId()).setTitle("x").build()));
    assertFails(
        ErrorReason.ERROR_REASON_INSUFFICIENT_SCOPE,
        () ->
            rig.as(owner, without("pins:write_secret")).createPin(PinRig.request(secret).build()));
    assertThat(get(owner, pin.getId())).isEqualTo(pin);
  }

  @Test
  void boardMadeSecretHidesItsPinsAtOnce() {
    Pin pin = rig.create(owner, board);
    assertThat(get(stranger, pin.getId())).isEqualTo(pin);
    rig.boards.board(board).privacy = Privacy.PRIVACY_SECRET;
    assertNotFound(stranger, pin.getId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "-1", "1 ", "12345678901234567890123456789012345678901"})
  void malformedIdsAreInvalid(String id) {
    assertFails(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> get(owner, id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "007", "9223372036854775808"})
  void idsThatNameNothingAreNotFound(String id) {
    assertNotFound(owner, id);
  }

  @Test
  @DisplayName("P12 save makes a copy of one's own; the source stays; twice makes two")
  void saveCopies() {
    Pin source = rig.create(owner, board);
    String own = rig.boards.create(stranger, Privacy.PRIVACY_PUBLIC);
    Pin saved = rig.save(stranger, source.getId(), own);
    assertThat(saved.getId()).isNotEqualTo(source.getId());
    assertThat(saved.getParentPinId()).isEqualTo(source.getId());
    assertThat(saved.getRootPinId()).isEqualTo(source.getId());
    assertThat(saved.getOwnerId()).isEqualTo(stranger);
    assertThat(saved.getBoardOwnerId()).isEqualTo(stranger);
    assertThat(saved.getImagesList()).isEqualTo(source.getImagesList());
    assertThat(saved.getTitle()).isEqualTo(source.getTitle());
    assertThat(get(owner, source.getId())).isEqualTo(source);
    assertThat(rig.media.touched).contains(source.getImages(0).getImage().getAssetKey());
    Pin again = rig.save(stranger, saved.getId(), own);
    assertThat(again.getParentPinId()).isEqualTo(saved.getId());
    assertThat(again.getRootPinId()).isEqualTo(source.getId());
    assertThat(rig.boards.board(own).placements).hasSize(2);
    delete(stranger, saved.getId());
    rig.assertWhole(saved.getId(), stranger);
    rig.assertWhole(again.getId(), stranger);
  }

  @Test
  void saveChecksTheTargetAndRepeatsByRequestId() {
    Pin source = rig.create(owner, board);
    assertFails(
        ErrorReason.ERROR_REASON_PERMISSION_DENIED,
        () -> rig.save(stranger, source.getId(), board));
    assertFails(
        ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, () -> rig.save(stranger, source.getId(), secret));
    String own = rig.boards.create(stranger, Privacy.PRIVACY_PUBLIC);
    SavePinRequest request =
        SavePinRequest.newBuilder()
            .setPinId(source.getId())
            .setBoardId(own)
            .setRequestId(UUID.randomUUID().toString())
            .build();
    assertThat(rig.as(stranger).savePin(request)).isEqualTo(rig.as(stranger).savePin(request));
    assertThat(rig.boards.board(own).placements).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "007", "99999999999999999999"})
  void idThatNothingCanHaveIsNotFoundAndBeginsNothing(String id) {
    Pin pin = rig.create(owner, board);
    // No fake may refuse it first: it must not come as far as a row.
    rig.boards.board(board).sections.add(id);
    SavePinRequest.Builder save = SavePinRequest.newBuilder().setPinId(pin.getId());
    Pin.Builder change = Pin.newBuilder().setId(pin.getId());
    CreatePinRequest.Builder inSection = PinRig.request(board);
    inSection.getPinBuilder().setSectionId(id);
    CreatePinRequest.Builder withParent = PinRig.request(board);
    withParent.getPinBuilder().setParentPinId(id);

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> rig.as(owner).createPin(inSection.build()),
            () -> rig.as(owner).savePin(save.setBoardId(board).setSectionId(id).build()),
            () -> update(owner, change.setSectionId(id).build(), "section_id"))) {
      assertFails(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND, call);
    }
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> rig.create(owner, id),
            () -> rig.save(owner, pin.getId(), id),
            () -> update(owner, change.setBoardId(id).build(), "board_id"))) {
      assertFails(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND, call);
    }
    assertFails(
        ErrorReason.ERROR_REASON_PIN_NOT_FOUND, () -> rig.as(owner).createPin(withParent.build()));
    assertThat(rig.intents.all()).isEmpty();
    assertThat(get(owner, pin.getId())).isEqualTo(pin);
  }
}
