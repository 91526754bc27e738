// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.MediaServiceGrpc;
import dev.corkboard.media.v1.MediaServiceGrpc.MediaServiceStub;
import dev.corkboard.media.v1.UploadMediaRequest;
import dev.corkboard.pin.v1.CollagePinServiceGrpc;
import dev.corkboard.pin.v1.CollagePinServiceGrpc.CollagePinServiceFutureStub;
import dev.corkboard.pin.v1.CreateCollagePinRequest;
import dev.corkboard.pin.v1.DeleteCollagePinRequest;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.UpdateCollagePinRequest;
import dev.corkboard.platform.client.Bearer;
import dev.corkboard.platform.client.Futures;
import dev.corkboard.platform.client.ServiceTokens;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** {@link CollagePins} over gRPC, with service tokens. */
public final class GrpcCollagePins implements CollagePins {
  /** pin-service's name, the audience of the tokens. */
  private static final String AUDIENCE = "pin";

  /** Of storing a picture of 20 MiB and making its renditions. */
  private static final Duration UPLOAD = Duration.ofSeconds(60);

  private final CollagePinServiceFutureStub pins;
  private final MediaServiceStub media;
  private final ServiceTokens tokens;

  public GrpcCollagePins(Channel channel, ServiceTokens tokens) {
    this.pins = CollagePinServiceGrpc.newFutureStub(channel);
    this.media = MediaServiceGrpc.newStub(channel);
    this.tokens = tokens;
  }

  private CollagePinServiceFutureStub as(Publishing publishing) {
    return pins.withCallCredentials(
        tokens.credentials(
            AUDIENCE,
            publishing.getActorId(),
            Set.copyOf(publishing.getActorScopesList()),
            publishing.getId()));
  }

  @Override
  public CompletionStage<String> upload(Caller caller, ByteString drawing) {
    Upload upload = new Upload(drawing);
    media
        .withCallCredentials(Bearer.forward(caller))
        .withDeadlineAfter(UPLOAD.toMillis(), TimeUnit.MILLISECONDS)
        .uploadMedia(upload);
    return upload.stored.thenApply(Image::getAssetKey);
  }

  @Override
  public CompletionStage<Pin> create(
      Publishing publishing, String collageId, Pin pin, String assetKey) {
    return Futures.toStage(
        as(publishing)
            .createCollagePin(
                CreateCollagePinRequest.newBuilder()
                    .setPin(pin)
                    .setAssetKey(assetKey)
                    .setCollageId(collageId)
                    .setRequestId(publishing.getId())
                    .build()));
  }

  @Override
  public CompletionStage<Pin> update(
      Publishing publishing, Pin pin, FieldMask mask, String assetKey) {
    return Futures.toStage(
        as(publishing)
            .updateCollagePin(
                UpdateCollagePinRequest.newBuilder()
                    .setPin(pin)
                    .setUpdateMask(mask)
                    .setAssetKey(assetKey)
                    .setRequestId(publishing.getId())
                    .build()));
  }

  @Override
  public CompletionStage<Void> delete(Publishing publishing, String pinId) {
    return Futures.toStage(
            as(publishing)
                .deleteCollagePin(DeleteCollagePinRequest.newBuilder().setPinId(pinId).build()))
        .thenAccept(done -> {});
  }

  /** Sends as much at a time as the other side takes. */
  private static final class Upload implements ClientResponseObserver<UploadMediaRequest, Image> {
    private static final int CHUNK = 256 << 10;

    private final CompletableFuture<Image> stored = new CompletableFuture<>();
    private ByteString left;
    private boolean ended;

    Upload(ByteString drawing) {
      this.left = drawing;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<UploadMediaRequest> call) {
      call.setOnReadyHandler(() -> send(call));
    }

    private synchronized void send(ClientCallStreamObserver<UploadMediaRequest> call) {
      while (call.isReady() && !ended) {
        int size = Math.min(CHUNK, left.size());
        if (size > 0) {
          call.onNext(UploadMediaRequest.newBuilder().setChunk(left.substring(0, size)).build());
          left = left.substring(size);
        } else {
          ended = true;
          call.onCompleted();
        }
      }
    }

    @Override
    public void onNext(Image image) {
      stored.complete(image);
    }

    @Override
    public void onError(Throwable failure) {
      synchronized (this) {
        ended = true;
      }
      stored.completeExceptionally(ApiException.from(failure));
    }

    @Override
    public void onCompleted() {
      stored.completeExceptionally(
          ApiException.internal(new IllegalStateException("an upload without an answer")));
    }
  }
}
