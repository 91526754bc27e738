// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.protobuf.ByteString;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.MediaServiceGrpc;
import dev.corkboard.media.v1.ReadMediaRequest;
import dev.corkboard.media.v1.ReadMediaResponse;
import dev.corkboard.media.v1.UploadMediaRequest;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** Takes in uploads and serves the bytes of renditions. */
final class MediaService extends MediaServiceGrpc.MediaServiceImplBase {
  private final MediaLibrary library;
  private final MediaCatalog catalog;
  private final MediaStore store;
  private final Spool spool;
  private final MediaExecutor io;
  private final Semaphore uploads;

  /**
   * A service.
   *
   * @param uploads how many may be on their way in at once; one more is refused with OVERLOADED
   */
  MediaService(
      MediaLibrary library,
      MediaCatalog catalog,
      MediaStore store,
      Spool spool,
      MediaExecutor io,
      int uploads) {
    this.library = library;
    this.catalog = catalog;
    this.store = store;
    this.spool = spool;
    this.io = io;
    this.uploads = new Semaphore(uploads);
  }

  @Override
  public StreamObserver<UploadMediaRequest> uploadMedia(StreamObserver<Image> responses) {
    ServerCallStreamObserver<Image> call = (ServerCallStreamObserver<Image>) responses;
    call.disableAutoRequest();
    String ownerId = Caller.current().accountId();
    MediaUpload<UploadMediaRequest, Image> upload =
        new MediaUpload<>(call, new Picture(ownerId), spool, io, uploads);
    upload.begin();
    return upload;
  }

  /** A picture that is uploaded. */
  private final class Picture implements MediaUpload.Target<UploadMediaRequest, Image> {
    private final String ownerId;

    Picture(String ownerId) {
      this.ownerId = ownerId;
    }

    @Override
    public Duration limit() {
      return Duration.ofMinutes(2);
    }

    @Override
    public CompletionStage<?> admit(UploadMediaRequest first) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public ByteString chunk(UploadMediaRequest message) {
      return message.getChunk();
    }

    @Override
    public void checkTotal(long bytes) {
      if (bytes > PictureLimits.MAX_BYTES) throw PictureLimits.tooManyBytes(MediaUpload.FIELD);
    }

    @Override
    public CompletionStage<Image> store(Path file) {
      return library.store(ownerId, file, MediaUpload.FIELD);
    }
  }

  @Override
  public void readMedia(ReadMediaRequest request, StreamObserver<ReadMediaResponse> responses) {
    MediaDownload download =
        new MediaDownload((ServerCallStreamObserver<ReadMediaResponse>) responses, store, io);
    find(request)
        .whenComplete(
            (found, failure) -> {
              if (failure != null) {
                download.fail(failure);
              } else {
                download.begin(found, request);
              }
            });
  }

  private CompletionStage<StoredRendition> find(ReadMediaRequest request) {
    Violations violations = new Violations();
    if (request.getOffset() < 0) violations.add("offset", "must be at least 0");
    if (request.getLimit() < -1) violations.add("limit", "must be at least -1");
    Optional<RenditionSize> size = RenditionSize.of(request.getRendition());
    try {
      violations.throwIfAny();
      if (!AssetKeys.isOne(request.getAssetKey()) || size.isEmpty()) throw notFound(request);
    } catch (ApiException refused) {
      return CompletableFuture.failedStage(refused);
    }
    return catalog
        .asset(request.getAssetKey())
        .thenCompose(asset -> catalog.content(asset.orElseThrow(() -> notFound(request)).sha256()))
        .thenApply(
            content ->
                content
                    .filter(Content::stored)
                    .flatMap(stored -> StoredRendition.of(stored, size.get()))
                    .orElseThrow(() -> notFound(request)));
  }

  private static ApiException notFound(ReadMediaRequest request) {
    return ApiException.notFound(
        ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, "asset_key", request.getAssetKey());
  }
}
