// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.Empty;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.CollagePinServiceGrpc.CollagePinServiceImplBase;
import dev.corkboard.pin.v1.CreateCollagePinRequest;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.DeleteCollagePinRequest;
import dev.corkboard.pin.v1.DeletePinRequest;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.UpdateCollagePinRequest;
import dev.corkboard.pin.v1.UpdatePinRequest;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.Unary;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Collages as Pins, over gRPC. */
final class CollagePinService extends CollagePinServiceImplBase {
  private final PinCreator creator;
  private final PinEditor editor;
  private final PinMediaSources media;

  CollagePinService(PinCreator creator, PinEditor editor, PinMediaSources media) {
    this.creator = creator;
    this.editor = editor;
    this.media = media;
  }

  @Override
  public void createCollagePin(CreateCollagePinRequest request, StreamObserver<Pin> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          requireRequestId(request.getRequestId());
          CreatePinRequest asked =
              CreatePinRequest.newBuilder()
                  .setPin(request.getPin())
                  .addImages(ImageSource.newBuilder().setAssetKey(request.getAssetKey()))
                  .setRequestId(request.getRequestId())
                  .build();
          new Violations().id("collage_id", request.getCollageId()).throwIfAny();
          PinRequests.check(asked);
          return creator.createCollage(caller, asked, request.getCollageId());
        });
  }

  @Override
  public void updateCollagePin(UpdateCollagePinRequest request, StreamObserver<Pin> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          requireRequestId(request.getRequestId());
          UpdatePinRequest asked =
              UpdatePinRequest.newBuilder()
                  .setPin(request.getPin())
                  .setUpdateMask(request.getUpdateMask())
                  .setRequestId(request.getRequestId())
                  .build();
          PinRequests.check(asked);
          return media
              .drawing(caller.accountId(), request.getAssetKey())
              .thenCompose(drawing -> editor.redraw(caller, asked, drawing));
        });
  }

  private static void requireRequestId(String requestId) {
    new Violations().required("request_id", requestId).throwIfAny();
  }

  @Override
  public void deleteCollagePin(DeleteCollagePinRequest request, StreamObserver<Empty> observer) {
    Caller caller = Caller.current();
    Unary.reply(
        observer,
        () -> {
          new Violations().id("pin_id", request.getPinId()).throwIfAny();
          return editor
              .delete(caller, DeletePinRequest.newBuilder().setPinId(request.getPinId()).build())
              .exceptionallyCompose(CollagePinService::unlessGone);
        });
  }

  private static CompletionStage<Empty> unlessGone(Throwable thrown) {
    ApiException failure = ApiException.from(thrown);
    return failure.reason() == ErrorReason.ERROR_REASON_PIN_NOT_FOUND
        ? CompletableFuture.completedStage(Empty.getDefaultInstance())
        : CompletableFuture.failedStage(failure);
  }
}
