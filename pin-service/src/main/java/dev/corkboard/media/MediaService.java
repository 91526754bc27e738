// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

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
    MediaUpload upload =
        new MediaUpload(
            call, file -> library.store(ownerId, file, MediaUpload.FIELD), spool, io, uploads);
    upload.begin();
    return upload;
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
