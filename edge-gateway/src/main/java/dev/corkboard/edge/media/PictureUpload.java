// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

import dev.corkboard.edge.json.Base64Text;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.MediaServiceGrpc.MediaServiceStub;
import dev.corkboard.media.v1.UploadMediaRequest;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Status.Code;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Streams a picture out of a request's body to the media service, as fast as it takes it. */
public final class PictureUpload implements ClientResponseObserver<UploadMediaRequest, Image> {
  private final Base64Text data;
  private final CompletableFuture<Image> stored = new CompletableFuture<>();
  private int next;

  private PictureUpload(Base64Text data) {
    this.data = data;
  }

  /**
   * The stored picture; a fault of its bytes is a fault of the field they came in.
   *
   * @param data checked
   */
  public static CompletionStage<Image> send(MediaServiceStub media, Base64Text data) {
    PictureUpload upload = new PictureUpload(data);
    media.uploadMedia(upload);
    return upload.stored;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<UploadMediaRequest> call) {
    call.setOnReadyHandler(() -> write(call));
  }

  private void write(ClientCallStreamObserver<UploadMediaRequest> call) {
    while (call.isReady() && next < data.chunks()) {
      call.onNext(UploadMediaRequest.newBuilder().setChunk(data.chunk(next++)).build());
      if (next == data.chunks()) call.onCompleted();
    }
  }

  @Override
  public void onNext(Image image) {
    stored.complete(image);
  }

  @Override
  public void onError(Throwable failure) {
    stored.completeExceptionally(inField(ApiException.from(failure)));
  }

  private ApiException inField(ApiException failure) {
    return failure.code() == Code.INVALID_ARGUMENT
        ? ApiException.invalid(failure.reason(), data.field(), failure.getMessage())
        : failure;
  }

  @Override
  public void onCompleted() {
    stored.completeExceptionally(new IllegalStateException("the upload ended without an answer"));
  }
}
