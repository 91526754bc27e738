// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.testing;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.MediaMetadata;
import dev.corkboard.media.v1.MediaServiceGrpc.MediaServiceImplBase;
import dev.corkboard.media.v1.ReadMediaRequest;
import dev.corkboard.media.v1.ReadMediaResponse;
import dev.corkboard.media.v1.Rendition;
import dev.corkboard.media.v1.UploadMediaRequest;
import dev.corkboard.platform.error.ApiException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Pictures in memory: whatever begins with {@code IMG} is one. */
public final class FakeMedia extends MediaServiceImplBase {
  private static final int CHUNK = 10_000;

  private final Map<String, ByteString> assets = new ConcurrentHashMap<>();
  private final List<ByteString> uploads = new CopyOnWriteArrayList<>();
  private final AtomicLong received = new AtomicLong();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  /** What was uploaded, picture by picture. */
  public List<ByteString> uploads() {
    return uploads;
  }

  /** How many bytes came in, of all uploads. */
  public long received() {
    return received.get();
  }

  /** How many uploads were cut off. */
  public int cancelled() {
    return cancelled.get();
  }

  /** How many renditions were asked for. */
  public int reads() {
    return reads.get();
  }

  /** Puts a rendition there. */
  public void put(String assetKey, String rendition, byte[] bytes) {
    assets.put(assetKey + "/" + rendition, ByteString.copyFrom(bytes));
  }

  public static String etag(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }

  @Override
  public StreamObserver<UploadMediaRequest> uploadMedia(StreamObserver<Image> observer) {
    return new StreamObserver<>() {
      private ByteString bytes = ByteString.EMPTY;

      @Override
      public void onNext(UploadMediaRequest message) {
        bytes = bytes.concat(message.getChunk());
        received.addAndGet(message.getChunk().size());
      }

      @Override
      public void onError(Throwable failure) {
        cancelled.incrementAndGet();
      }

      @Override
      public void onCompleted() {
        if (!bytes.startsWith(ByteString.copyFromUtf8("IMG"))) {
          observer.onError(
              ApiException.invalid(
                  ErrorReason.ERROR_REASON_IMAGE_BROKEN, "chunk", "is no picture"));
          return;
        }
        uploads.add(bytes);
        observer.onNext(
            Image.newBuilder()
                .setAssetKey(String.format("uploadeduploaded%06d", uploads.size()))
                .setContentType("image/png")
                .setWidth(30)
                .setHeight(40)
                .setSizeBytes(bytes.size())
                .addRenditions(
                    Rendition.newBuilder().setName("originals").setWidth(30).setHeight(40))
                .build());
        observer.onCompleted();
      }
    };
  }

  @Override
  public void readMedia(ReadMediaRequest request, StreamObserver<ReadMediaResponse> observer) {
    reads.incrementAndGet();
    ByteString bytes = assets.get(request.getAssetKey() + "/" + request.getRendition());
    if (bytes == null) {
      observer.onError(
          ApiException.notFound(
              ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, "asset_key", request.getAssetKey()));
      return;
    }
    observer.onNext(
        ReadMediaResponse.newBuilder()
            .setMetadata(
                MediaMetadata.newBuilder()
                    .setContentType("image/png")
                    .setSizeBytes(bytes.size())
                    .setEtag(etag(bytes.toByteArray())))
            .build());
    int from = (int) Math.min(request.getOffset(), bytes.size());
    int to =
        request.getLimit() == 0
            ? bytes.size()
            : (int) Math.min(bytes.size(), from + Math.max(0, request.getLimit()));
    for (int at = from; at < to; at += CHUNK) {
      observer.onNext(
          ReadMediaResponse.newBuilder()
              .setChunk(bytes.substring(at, Math.min(to, at + CHUNK)))
              .build());
    }
    observer.onCompleted();
  }
}
