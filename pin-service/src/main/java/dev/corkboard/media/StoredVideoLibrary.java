// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.protobuf.ByteString;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.VideoFile;
import dev.corkboard.media.v1.VideoState;
import dev.corkboard.media.video.BrokenVideoException;
import dev.corkboard.media.video.VideoFrame;
import dev.corkboard.platform.error.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@link VideoLibrary} over the videos uploaded here. */
final class StoredVideoLibrary implements VideoLibrary {
  /** A key frame of 8K takes some seconds; what takes longer is hostile or too much. */
  private static final int FRAME_SECONDS = 20;

  private final VideoUploads uploads;
  private final MediaLibrary pictures;
  private final MediaCatalog catalog;
  private final MediaStore store;
  private final Spool spool;
  private final MediaExecutor frames;

  StoredVideoLibrary(
      VideoUploads uploads,
      MediaLibrary pictures,
      MediaCatalog catalog,
      MediaStore store,
      Spool spool,
      MediaExecutor frames) {
    this.uploads = uploads;
    this.pictures = pictures;
    this.catalog = catalog;
    this.store = store;
    this.spool = spool;
    this.frames = frames;
  }

  @Override
  public CompletionStage<VideoFile> resolve(String ownerId, String videoId, String field) {
    return uploads
        .find(ownerId, videoId)
        .thenCompose(
            found -> {
              if (found.isEmpty()) throw notFound(field, videoId);
              if (found.get().getState() != VideoState.VIDEO_STATE_SUCCEEDED) {
                throw notReady(field);
              }
              VideoFile file = found.get().getFile();
              return pictures.touch(List.of(file.getAssetKey())).thenApply(touched -> file);
            });
  }

  private static ApiException notFound(String field, String videoId) {
    return ApiException.notFound(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, field, videoId);
  }

  private static ApiException notReady(String field) {
    return ApiException.failedPrecondition(
        ErrorReason.ERROR_REASON_VIDEO_NOT_READY,
        "field",
        field,
        "The video is not uploaded yet, or its upload failed.");
  }

  @Override
  public CompletionStage<Image> frame(String ownerId, VideoFile video, int seconds, String field) {
    return catalog
        .asset(video.getAssetKey())
        .thenCompose(
            asset ->
                catalog.content(
                    asset.orElseThrow(() -> notFound(field, video.getAssetKey())).sha256()))
        .thenCompose(
            content -> {
              Content stored =
                  content
                      .filter(Content::stored)
                      .orElseThrow(() -> notFound(field, video.getAssetKey()));
              return picture(stored, seconds, field);
            })
        .thenCompose(picture -> pictures.store(ownerId, picture, field));
  }

  private CompletionStage<ByteString> picture(Content content, int seconds, String field) {
    return frames
        .submit(() -> decode(content, seconds, field))
        .toCompletableFuture()
        .orTimeout(FRAME_SECONDS, TimeUnit.SECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    failure instanceof TimeoutException
                        ? undecodable(field, "its frames take too long; send a cover picture")
                        : failure));
  }

  private ByteString decode(Content content, int seconds, String field) throws IOException {
    MediaKey key = new MediaKey(content.sha256(), content.generation(), RenditionSize.ORIGINALS);
    Path file = spool.create();
    try (InputStream in =
        store
            .read(key, 0)
            .orElseThrow(() -> new IOException("the catalog names bytes that are gone"))) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return ByteString.copyFrom(PictureEncoder.encode(VideoFrame.at(file, seconds)));
    } catch (BrokenVideoException broken) {
      throw undecodable(field, broken.getMessage());
    } finally {
      spool.delete(file);
    }
  }

  private static ApiException undecodable(String field, String why) {
    return ApiException.invalid(field, "No cover can be taken from this video: " + why + ".");
  }
}
