// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.corkboard.media.v1.MediaMetadata;
import dev.corkboard.media.v1.MediaServiceGrpc.MediaServiceStub;
import dev.corkboard.media.v1.ReadMediaRequest;
import dev.corkboard.media.v1.ReadMediaResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Passes the bytes of a rendition on. */
final class MediaDownload {
  private MediaDownload() {}

  /** A response whose headers follow from the metadata; fails when there is no such rendition. */
  static CompletionStage<HttpResponse> open(
      MediaServiceStub media,
      ReadMediaRequest request,
      Function<MediaMetadata, ResponseHeaders> headers) {
    Download<ReadMediaRequest, ReadMediaResponse> download =
        new Download<>(message -> part(message, headers));
    media.readMedia(request, download);
    return download.opened();
  }

  /** Only what stands in front of the bytes. */
  static CompletionStage<MediaMetadata> metadata(MediaServiceStub media, ReadMediaRequest request) {
    CompletableFuture<MediaMetadata> found = new CompletableFuture<>();
    open(
            media,
            request,
            metadata -> {
              found.complete(metadata);
              return ResponseHeaders.of(HttpStatus.NO_CONTENT);
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

  static HttpObject part(
      ReadMediaResponse message, Function<MediaMetadata, ResponseHeaders> headers) {
    return switch (message.getDataCase()) {
      case METADATA -> headers.apply(message.getMetadata());
      case CHUNK -> Download.bytes(message.getChunk());
      case DATA_NOT_SET -> HttpData.empty();
    };
  }
}
