// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.PinServiceTest.assertFails;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.BatchGetPinsRequest;
import dev.corkboard.pin.v1.CollagePinServiceGrpc;
import dev.corkboard.pin.v1.CollagePinServiceGrpc.CollagePinServiceBlockingStub;
import dev.corkboard.pin.v1.CreateCollagePinRequest;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.DeleteCollagePinRequest;
import dev.corkboard.pin.v1.GetPinRequest;
import dev.corkboard.pin.v1.ListPinsRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.UpdateCollagePinRequest;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CollagePinsTest {
  private final PinRig rig = newRig();

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private final String owner = someId();
  private String board;

  /** The stores to run on. */
  PinRig newRig() {
    return new PinRig();
  }

  @BeforeEach
  void makeBoard() {
    board = rig.boards.create(owner, Privacy.PRIVACY_SECRET);
  }

  private CollagePinServiceBlockingStub as(String service, String actorId, Set<String> scopes) {
    ServiceTokens tokens = new ServiceTokens(grpc.tokens().identity(service), Clock.systemUTC());
    return CollagePinServiceGrpc.newBlockingStub(grpc.channel())
        .withCallCredentials(tokens.credentials("board", actorId, scopes, "a-request"));
  }

  private CollagePinServiceBlockingStub as(String actorId) {
    return as("collage", actorId, TestTokens.ALL_SCOPES);
  }

  private CreateCollagePinRequest.Builder creation() {
    return CreateCollagePinRequest.newBuilder()
        .setPin(Pin.newBuilder().setBoardId(board).setTitle("A collage"))
        .setAssetKey(owner + "-drawing")
        .setCollageId("77")
        .setRequestId(UUID.randomUUID().toString());
  }

  private UpdateCollagePinRequest.Builder change(Pin pin, String drawing) {
    return UpdateCollagePinRequest.newBuilder()
        .setPin(pin.toBuilder().setTitle("Another title").setEtag("stale"))
        .setUpdateMask(FieldMask.newBuilder().addPaths("title"))
        .setAssetKey(owner + drawing)
        .setRequestId(UUID.randomUUID().toString());
  }

  private Pin get(String pinId) {
    return rig.as(owner).getPin(GetPinRequest.newBuilder().setPinId(pinId).build());
  }

  private static String shown(Pin pin) {
    return pin.getImages(0).getImage().getAssetKey();
  }

  private List<String> covers() {
    return rig.boards.find(board).orElseThrow().placements.values().stream()
        .map(Placement::getCoverAssetKey)
        .toList();
  }

  @Test
  void aDrawingBecomesOnePin() {
    CreateCollagePinRequest request = creation().build();
    Pin made = as(owner).createCollagePin(request);
    assertThat(made.getCreativeType()).isEqualTo(CreativeType.CREATIVE_TYPE_COLLAGE);
    assertThat(made.getCollageId()).isEqualTo("77");
    assertThat(shown(made)).isEqualTo(owner + "-drawing");
    assertThat(get(made.getId())).isEqualTo(made);
    assertThat(as(owner).createCollagePin(request)).isEqualTo(made);
    ListPinsRequest collages =
        ListPinsRequest.newBuilder().addCreativeTypes(CreativeType.CREATIVE_TYPE_COLLAGE).build();
    assertThat(rig.as(owner).listPins(collages).getPinsList()).containsExactly(made);
  }

  @Test
  void anotherDrawingReplacesThePictureEverywhere() {
    Pin made = as(owner).createCollagePin(creation().build());
    UpdateCollagePinRequest request = change(made, "-second").build();
    Pin changed = as(owner).updateCollagePin(request);
    assertThat(changed.getId()).isEqualTo(made.getId());
    assertThat(shown(changed)).isEqualTo(owner + "-second");
    assertThat(changed.getTitle()).isEqualTo("Another title");
    assertThat(changed.getCollageId()).isEqualTo("77");
    assertThat(changed.getEtag()).isNotEqualTo(made.getEtag());
    assertThat(get(made.getId())).isEqualTo(changed);
    assertThat(covers()).containsExactly(owner + "-second");
    assertThat(as(owner).updateCollagePin(request)).isEqualTo(changed);
    assertThat(rig.intents.all()).isEmpty();
  }

  @Test
  void aDrawingMovesWithItsPinToAnotherBoard() {
    Pin made = as(owner).createCollagePin(creation().build());
    String other = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    UpdateCollagePinRequest.Builder request = change(made, "-second");
    request.getPinBuilder().setBoardId(other);
    request.getUpdateMaskBuilder().addPaths("board_id");
    assertThat(as(owner).updateCollagePin(request.build()).getBoardId()).isEqualTo(other);
    assertThat(covers()).isEmpty();
    board = other;
    assertThat(covers()).containsExactly(owner + "-second");
  }

  @Test
  void aPinThatIsNoCollagesKeepsItsPicture() {
    Pin pin = rig.create(owner, board);
    assertFails(
        ErrorReason.ERROR_REASON_NO_COLLAGE_PIN,
        () -> as(owner).updateCollagePin(change(pin, "-second").build()));
    assertThat(get(pin.getId())).isEqualTo(pin);
  }

  @Test
  void rightsAreTheActors() {
    String stranger = someId();
    CreateCollagePinRequest.Builder theirs = creation().setAssetKey(stranger + "-drawing");
    assertFails(
        ErrorReason.ERROR_REASON_BOARD_NOT_FOUND,
        () -> as(stranger).createCollagePin(theirs.build()));
    assertFails(
        ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, () -> as(owner).createCollagePin(theirs.build()));
    assertFails(
        ErrorReason.ERROR_REASON_BOARD_NOT_FOUND,
        () ->
            as("collage", owner, Set.of("boards:read", "boards:write", "pins:read", "pins:write"))
                .createCollagePin(creation().build()));
    assertFails(
        ErrorReason.ERROR_REASON_SERVICE_ONLY,
        () -> as("edge", owner, TestTokens.ALL_SCOPES).createCollagePin(creation().build()));
  }

  @Test
  void aCallWithoutRequestIdIsRefused() {
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> as(owner).createCollagePin(creation().clearRequestId().build()));
  }

  @Test
  void aPinIsDeletedOnceAndItsAbsenceIsNoError() {
    Pin made = as(owner).createCollagePin(creation().build());
    DeleteCollagePinRequest request =
        DeleteCollagePinRequest.newBuilder().setPinId(made.getId()).build();
    assertThat(as(owner).deleteCollagePin(request)).isNotNull();
    assertThat(as(owner).deleteCollagePin(request)).isNotNull();
    assertFails(ErrorReason.ERROR_REASON_PIN_NOT_FOUND, () -> get(made.getId()));
    assertThat(covers()).isEmpty();
  }

  @Test
  void aBatchHoldsThePinsThatTheCallerSees() {
    Pin secret = rig.create(owner, board);
    Pin open = rig.create(owner, rig.boards.create(owner, Privacy.PRIVACY_PUBLIC));
    BatchGetPinsRequest request =
        BatchGetPinsRequest.newBuilder()
            .addPinIds(open.getId())
            .addPinIds("1")
            .addPinIds(secret.getId())
            .addPinIds("9".repeat(19))
            .addPinIds(open.getId())
            .build();
    assertThat(rig.as(owner).batchGetPins(request).getPinsList()).containsExactly(open, secret);
    assertThat(rig.as(someId()).batchGetPins(request).getPinsList()).containsExactly(open);
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> rig.as(owner).batchGetPins(request.toBuilder().addPinIds("x").build()));
    List<String> many = IntStream.range(1, 252).mapToObj(Integer::toString).toList();
    assertFails(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () ->
            rig.as(owner)
                .batchGetPins(BatchGetPinsRequest.newBuilder().addAllPinIds(many).build()));
  }
}
