// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.corkboard.edge.json.Base64Stream;
import dev.corkboard.media.v1.MediaServiceGrpc.MediaServiceStub;
import dev.corkboard.media.v1.ReadMediaRequest;
import dev.corkboard.media.v1.ReadMediaResponse;
import dev.corkboard.platform.error.ApiException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A file of a collage as it is sent: one picture after the other, each as its bytes come in. The
 * next bytes are asked for when those before are on their way to the client, and a client that goes
 * away ends the call.
 */
final class ExportStream {
  private static final String RENDITION = "originals";

  private final Supplier<MediaServiceStub> media;
  private final Iterator<String> assetKeys;
  private final HttpResponseWriter response = HttpResponse.streaming();
  private final CompletableFuture<HttpResponse> opened = new CompletableFuture<>();
  private volatile ClientCallStreamObserver<?> call;

  private ExportStream(Supplier<MediaServiceStub> media, Collection<String> assetKeys) {
    this.media = media;
    this.assetKeys = assetKeys.iterator();
  }

  /**
   * The response, once the first picture is there; fails as its reading does before.
   *
   * @param beginning all of the file up to the pictures
   * @param media for the reading of one picture
   */
  static CompletionStage<HttpResponse> open(
      ResponseHeaders headers,
      HttpData beginning,
      Collection<String> assetKeys,
      Supplier<MediaServiceStub> media) {
    ExportStream stream = new ExportStream(media, assetKeys);
    stream
        .response
        .whenComplete()
        .whenComplete(
            (sent, gone) -> {
              if (gone != null) stream.cancel();
            });
    stream.response.write(headers);
    stream.response.write(beginning);
    stream.next(true);
    return stream.opened;
  }

  private void cancel() {
    if (call != null) call.cancel("the client went away", null);
  }

  private void next(boolean first) {
    if (assetKeys.hasNext()) {
      String assetKey = assetKeys.next();
      ReadMediaRequest request =
          ReadMediaRequest.newBuilder().setAssetKey(assetKey).setRendition(RENDITION).build();
      media.get().readMedia(request, new Reading(first, assetKey));
    } else if (response.tryWrite(CollageFile.end())) {
      response.close();
      opened.complete(response);
    }
  }

  private void fail(ApiException failure) {
    if (opened.completeExceptionally(failure)) {
      response.abort();
    } else {
      response.close(failure);
    }
  }

  /** Passes one picture on. */
  private final class Reading
      implements ClientResponseObserver<ReadMediaRequest, ReadMediaResponse> {
    private final boolean first;
    private final String assetKey;
    private final Base64Stream base64 = new Base64Stream();
    private boolean begun;

    Reading(boolean first, String assetKey) {
      this.first = first;
      this.assetKey = assetKey;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ReadMediaRequest> stream) {
      call = stream;
      stream.disableAutoRequestWithInitial(1);
    }

    @Override
    public void onNext(ReadMediaResponse message) {
      HttpData part =
          switch (message.getDataCase()) {
            case METADATA -> {
              begun = true;
              yield CollageFile.pictureBeginning(
                  first, assetKey, message.getMetadata().getContentType());
            }
            case CHUNK -> HttpData.wrap(base64.next(message.getChunk()));
            case DATA_NOT_SET -> HttpData.empty();
          };
      send(part, () -> call.request(1));
    }

    private void send(HttpData part, Runnable then) {
      if (response.tryWrite(part)) {
        response.whenConsumed().thenRun(then);
        opened.complete(response);
      } else {
        cancel();
      }
    }

    @Override
    public void onError(Throwable failure) {
      fail(ApiException.from(failure));
    }

    @Override
    public void onCompleted() {
      if (!begun) {
        fail(ApiException.internal(new IllegalStateException("no metadata came")));
      } else if (response.tryWrite(HttpData.wrap(base64.end()))) {
        send(CollageFile.pictureEnd(), () -> next(false));
      }
    }
  }
}
