// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import com.google.protobuf.ByteString;
import dev.corkboard.media.v1.MediaServiceGrpc;
import dev.corkboard.media.v1.MediaServiceGrpc.MediaServiceStub;
import dev.corkboard.media.v1.ReadMediaRequest;
import dev.corkboard.media.v1.ReadMediaResponse;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** {@link PictureBytes} over gRPC; the asset key is the permission. */
public final class GrpcPictureBytes implements PictureBytes {
  private static final String RENDITION = "originals";

  /** Of a picture of 20 MiB between two machines. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final MediaServiceStub stub;

  public GrpcPictureBytes(Channel channel) {
    this.stub = MediaServiceGrpc.newStub(channel);
  }

  @Override
  public CompletionStage<ByteString> read(String assetKey, int limit) {
    Collector collector = new Collector();
    stub.withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .readMedia(
            ReadMediaRequest.newBuilder()
                .setAssetKey(assetKey)
                .setRendition(RENDITION)
                .setLimit(limit)
                .build(),
            collector);
    return collector.whole;
  }

  private static final class Collector implements StreamObserver<ReadMediaResponse> {
    private final CompletableFuture<ByteString> whole = new CompletableFuture<>();
    private ByteString bytes = ByteString.EMPTY;

    @Override
    public void onNext(ReadMediaResponse part) {
      bytes = bytes.concat(part.getChunk());
    }

    @Override
    public void onError(Throwable failure) {
      whole.completeExceptionally(ApiException.from(failure));
    }

    @Override
    public void onCompleted() {
      whole.complete(bytes);
    }
  }
}
