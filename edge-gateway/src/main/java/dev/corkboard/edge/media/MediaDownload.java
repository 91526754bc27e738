// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.corkboard.media.v1.MediaMetadata;
import dev.corkboard.media.v1.MediaServiceGrpc.MediaServiceStub;
import dev.corkboard.media.v1.ReadMediaRequest;
import dev.corkboard.media.v1.ReadMediaResponse;
import dev.corkboard.platform.error.ApiException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Passes the bytes of a rendition on: the next chunk is asked for when the one before is on its way
 * to the client, and a client that goes away ends the call.
 */
final class MediaDownload implements ClientResponseObserver<ReadMediaRequest, ReadMediaResponse> {
  private final Function<MediaMetadata, ResponseHeaders> headers;
  private final HttpResponseWriter response = HttpResponse.streaming();
  private final CompletableFuture<HttpResponse> opened = new CompletableFuture<>();
  private ClientCallStreamObserver<ReadMediaRequest> call;

  MediaDownload(Function<MediaMetadata, ResponseHeaders> headers) {
    this.headers = headers;
  }

  /** A response whose headers follow from the metadata; fails when there is no such rendition. */
  static CompletionStage<HttpResponse> open(
      MediaServiceStub media,
      ReadMediaRequest request,
      Function<MediaMetadata, ResponseHeaders> headers) {
    MediaDownload download = new MediaDownload(headers);
    media.readMedia(request, download);
    return download.opened;
  }

  CompletionStage<HttpResponse> opened() {
    return opened;
  }

  /** Only what stands in front of the bytes. */
  static CompletionStage<MediaMetadata> metadata(MediaServiceStub media, ReadMediaRequest request) {
    CompletableFuture<MediaMetadata> found = new CompletableFuture<>();
    open(
            media,
            request,
            metadata -> {
              found.complete(metadata);
              return ResponseHeaders.of(204);
            })
        .whenComplete(
            (response, failure) -> {
              if (failure == null) {
                response.abort();
              } else {
                found.completeExceptionally(failure);
              }
            });
    return found;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ReadMediaRequest> stream) {
    call = stream;
    call.disableAutoRequestWithInitial(1);
    response
        .whenComplete()
        .whenComplete(
            (sent, gone) -> {
              if (gone != null) call.cancel("the client went away", null);
            });
  }

  @Override
  public void onNext(ReadMediaResponse message) {
    switch (message.getDataCase()) {
      case METADATA -> {
        response.write(headers.apply(message.getMetadata()));
        opened.complete(response);
        call.request(1);
      }
      case CHUNK -> {
        HttpData chunk =
            HttpData.wrap(Unpooled.wrappedBuffer(message.getChunk().asReadOnlyByteBuffer()));
        if (response.tryWrite(chunk)) response.whenConsumed().thenRun(() -> call.request(1));
      }
      case DATA_NOT_SET -> call.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    ApiException error = ApiException.from(failure);
    if (!opened.completeExceptionally(error)) response.close(error);
  }

  @Override
  public void onCompleted() {
    response.close();
    opened.completeExceptionally(
        ApiException.internal(new IllegalStateException("no metadata came")));
  }
}
