// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import static dev.corkboard.pin.Pins.get;
import static dev.corkboard.pin.Pins.someId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.util.concurrent.ListenableFuture;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.DeletePinRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinServiceGrpc;
import dev.corkboard.pin.v1.PinServiceGrpc.PinServiceFutureStub;
import dev.corkboard.pin.v1.SavePinRequest;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestTokens;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A first attempt that is slow, whose caller asks again meanwhile and is refused. */
class LateCreationsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** What the next call of a step waits for, and then that it came to it. */
  private record Pause(String step, CompletableFuture<Void> begun, CompletableFuture<Void> end) {
    Pause(String step) {
      this(step, new CompletableFuture<>(), new CompletableFuture<>());
    }
  }

  private final AtomicReference<Pause> next = new AtomicReference<>();
  private final PinRig rig = new PinRig();
  private final String author = someId();
  private final String saver = someId();
  private Pin source;
  private SavePinRequest request;

  {
    rig.pins = paused(PinStore.class, rig.pins);
    rig.requests = paused(RequestStore.class, rig.requests);
  }

  @RegisterExtension final GrpcExtension grpc = rig.grpc;

  private <T> T paused(Class<T> type, T below) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Pause pause = next.get();
              if (pause == null || !pause.step().equals(method.getName())) {
                return method.invoke(below, arguments);
              }
              next.set(null);
              pause.begun().complete(null);
              return pause
                  .end()
                  .thenCompose(
                      done -> {
                        try {
                          return (CompletionStage<?>) method.invoke(below, arguments);
                        } catch (ReflectiveOperationException e) {
                          return CompletableFuture.failedStage(e);
                        }
                      });
            }));
  }

  @BeforeEach
  void prepare() {
    source = rig.create(author, rig.boards.create(author, Privacy.PRIVACY_PUBLIC));
    request =
        SavePinRequest.newBuilder()
            .setPinId(source.getId())
            .setBoardId(rig.boards.create(saver, Privacy.PRIVACY_PUBLIC))
            .setRequestId(UUID.randomUUID().toString())
            .build();
  }

  private PinServiceFutureStub stub() {
    return PinServiceGrpc.newFutureStub(grpc.channel())
        .withCallCredentials(grpc.tokens().user(saver, TestTokens.ALL_SCOPES));
  }

  private ListenableFuture<Pin> saveUntil(Pause pause) {
    next.set(pause);
    ListenableFuture<Pin> first = stub().savePin(request);
    assertThat(pause.begun()).succeedsWithin(LIMIT);
    return first;
  }

  private void refuseARepeat() {
    rig.as(author).deletePin(DeletePinRequest.newBuilder().setPinId(source.getId()).build());
    Throwable refusal = catchThrowable(() -> rig.as(saver).savePin(request));
    assertThat(ApiException.from(refusal).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_PIN_NOT_FOUND);
  }

  private void assertNothingIsSaved() {
    rig.sweep();
    assertThat(get(rig.listing.page(saver, "", 10))).isEmpty();
    get(rig.pins.scan(row -> rig.assertWhole(row.pin().getId(), row.pin().getOwnerId())));
    get(
        rig.pins.scan(
            row -> {
              if (row.pin().getOwnerId().equals(saver)) assertThat(row.isLive()).isFalse();
            }));
  }

  @Test
  void itMakesNothingOnceTheRepeatWasRefused() {
    Pause pause = new Pause("insert");
    ListenableFuture<Pin> first = saveUntil(pause);
    refuseARepeat();
    pause.end().complete(null);
    assertThat(first).failsWithin(LIMIT);
    assertNothingIsSaved();
  }

  @Test
  void itBeginsNothingOnceItsCallerHasGone() {
    Pause pause = new Pause("find");
    ListenableFuture<Pin> first = saveUntil(pause);
    first.cancel(true);
    pause.end().complete(null);
    refuseARepeat();
    Awaitility.await().until(() -> rig.intents.all().isEmpty());
    assertNothingIsSaved();
  }

  @Test
  void aRefusedRequestMayBeAskedAgain() {
    Pause pause = new Pause("insert");
    ListenableFuture<Pin> first = saveUntil(pause);
    rig.boards.delete(request.getBoardId());
    Throwable refusal = catchThrowable(() -> rig.as(saver).savePin(request));
    assertThat(ApiException.from(refusal).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    pause.end().complete(null);
    assertThat(first).failsWithin(LIMIT);
    assertThat(ApiException.from(catchThrowable(() -> rig.as(saver).savePin(request))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND);
    assertNothingIsSaved();
  }
}
