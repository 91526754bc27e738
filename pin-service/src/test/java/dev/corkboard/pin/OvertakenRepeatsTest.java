// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.FieldMask;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.pin.v1.PinServiceGrpc.PinServiceFutureStub;
import dev.corkboard.pin.v1.UpdatePinRequest;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A repeat that has read the Pin already when the first attempt takes effect at last. */
class OvertakenRepeatsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final AtomicReference<Optional<UpdatePinRequest>> late =
      new AtomicReference<>(Optional.empty());
  private final PinRig rig = new PinRig();
  private final String owner = someId();
  private String board;

  {
    rig.pins = overtaken(rig.pins);
  }

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  /** Before it is asked whether a change was made, the late attempt makes it. */
  private PinStore overtaken(PinStore below) {
    return (PinStore)
        Proxy.newProxyInstance(
            PinStore.class.getClassLoader(),
            new Class<?>[] {PinStore.class},
            (self, method, arguments) -> {
              if (!method.getName().equals("changedBy")) return method.invoke(below, arguments);
              CompletableFuture<Void> made = new CompletableFuture<>();
              late.getAndSet(Optional.empty())
                  .map(stub()::updatePin)
                  .ifPresentOrElse(
                      first -> first.addListener(() -> made.complete(null), Runnable::run),
                      () -> made.complete(null));
              return made.thenCompose(
                  done -> below.changedBy((String) arguments[0], (String) arguments[1]));
            });
  }

  @BeforeEach
  void makeBoard() {
    board = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
  }

  private PinServiceFutureStub stub() {
    return PinServiceGrpc.newFutureStub(grpc.channel())
        .withCallCredentials(grpc.tokens().user(owner, TestTokens.ALL_SCOPES));
  }

  private ListenableFuture<Pin> repeatOf(Pin.Builder values, String path) {
    UpdatePinRequest request =
        UpdatePinRequest.newBuilder()
            .setPin(values)
            .setUpdateMask(FieldMask.newBuilder().addPaths(path))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    late.set(Optional.of(request));
    return stub().updatePin(request);
  }

  @Test
  void itIsAnsweredWithThePinAfterTheChange() {
    Pin pin = rig.create(owner, board);
    assertThat(repeatOf(Pin.newBuilder().setId(pin.getId()).setTitle("Changed"), "title"))
        .succeedsWithin(LIMIT)
        .satisfies(answered -> assertThat(answered.getTitle()).isEqualTo("Changed"));
  }

  @Test
  void itIsAnsweredWithThePinAfterTheMove() {
    Pin pin = rig.create(owner, board);
    String other = rig.boards.create(owner, Privacy.PRIVACY_PUBLIC);
    assertThat(repeatOf(Pin.newBuilder().setId(pin.getId()).setBoardId(other), "board_id"))
        .succeedsWithin(LIMIT)
        .satisfies(answered -> assertThat(answered.getBoardId()).isEqualTo(other));
  }
}
