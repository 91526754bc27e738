// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.get;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.FieldMask;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.pin.v1.DeletePinRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.pin.v1.PinServiceGrpc.PinServiceFutureStub;
import dev.corkboard.pin.v1.UpdatePinRequest;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A change whose old state others may still be shown is over, but not answered. */
class ConcealedChangesTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final CompletableFuture<Void> concealed = new CompletableFuture<>();
  private final PinRig rig = new PinRig();
  private final String owner = someId();
  private String board;
  private String other;

  {
    rig.pins = slowToConceal(rig.pins);
  }

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private PinStore slowToConceal(PinStore below) {
    return (PinStore)
        Proxy.newProxyInstance(
            PinStore.class.getClassLoader(),
            new Class<?>[] {PinStore.class},
            (self, method, arguments) ->
                method.getName().equals("conceal") ? concealed : method.invoke(below, arguments));
  }

  @BeforeEach
  void makeBoards() {
    board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    other = rig.boards.create(owner, Privacy.PRIVACY_SECRET);
  }

  private PinServiceFutureStub stub() {
    return PinServiceGrpc.newFutureStub(grpc.channel())
        .withCallCredentials(grpc.tokens().user(owner, TestTokens.ALL_SCOPES));
  }

  private static UpdatePinRequest update(Pin.Builder values, String path) {
    return UpdatePinRequest.newBuilder()
        .setPin(values)
        .setUpdateMask(FieldMask.newBuilder().addPaths(path))
        .setRequestId(UUID.randomUUID().toString())
        .build();
  }

  private void awaitFree(String pinId, String boardId) {
    Awaitility.await()
        .until(
            () ->
                get(rig.pins.load(pinId))
                    .filter(row -> row.progress().isEmpty())
                    .map(row -> row.pin().getBoardId().equals(boardId))
                    .orElse(false));
  }

  @Test
  void aMoveHoldsNobodyUpAndNeitherItNorItsRepeatIsAnswered() {
    Pin pin = rig.create(owner, board);
    UpdatePinRequest request =
        update(Pin.newBuilder().setId(pin.getId()).setBoardId(other), "board_id");
    ListenableFuture<Pin> move = stub().updatePin(request);
    awaitFree(pin.getId(), other);

    Pin.Builder title = Pin.newBuilder().setId(pin.getId()).setTitle("Another title");
    assertThat(stub().updatePin(update(title, "title"))).succeedsWithin(LIMIT);
    ListenableFuture<Pin> repeat = stub().updatePin(request);
    rig.assertWhole(pin.getId(), owner);
    assertThat(move).isNotDone();
    assertThat(repeat).isNotDone();

    concealed.complete(null);
    assertThat(move).succeedsWithin(LIMIT);
    assertThat(repeat).succeedsWithin(LIMIT);
  }

  @Test
  void aDeletionIsWholeBeforeItIsAnswered() {
    Pin pin = rig.create(owner, board);
    var deletion = stub().deletePin(DeletePinRequest.newBuilder().setPinId(pin.getId()).build());
    Awaitility.await()
        .until(
            () ->
                get(rig.pins.load(pin.getId()))
                    .filter(row -> !row.isLive() && row.progress().isEmpty())
                    .isPresent());
    rig.assertWhole(pin.getId(), owner);
    assertThat(deletion).isNotDone();

    concealed.complete(null);
    assertThat(deletion).succeedsWithin(LIMIT);
  }
}
