// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.media.MediaLibrary;
import dev.corkboard.media.VideoLibrary;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.VideoFile;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.VideoSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds the pictures and videos that requests name. */
final class PinMediaSources {
  private static final String COVER_ASSET = "video.cover_asset_key";

  private final MediaLibrary pictures;
  private final VideoLibrary videos;

  PinMediaSources(MediaLibrary pictures, VideoLibrary videos) {
    this.pictures = pictures;
    this.videos = videos;
  }

  /**
   * The request as its repeats say it too: who uploads a picture once more gets another asset key
   * for the same bytes.
   */
  CompletionStage<CreatePinRequest> repeatable(String ownerId, CreatePinRequest request) {
    CreatePinRequest.Builder asked = request.toBuilder().clearRequestId();
    CompletionStage<Void> digested = CompletableFuture.completedStage(null);
    if (request.getRequestId().isEmpty()) return digested.thenApply(done -> asked.build());
    for (int i = 0; i < request.getImagesCount(); i++) {
      ImageSource source = request.getImages(i);
      if (!source.hasAssetKey()) continue;
      int at = i;
      digested =
          digested
              .thenCompose(done -> pictures.digest(ownerId, source.getAssetKey(), assetField(at)))
              .thenAccept(digest -> asked.getImagesBuilder(at).setAssetKey(digest));
    }
    if (request.getVideo().hasCoverAssetKey()) {
      digested =
          digested
              .thenCompose(
                  done ->
                      pictures.digest(ownerId, request.getVideo().getCoverAssetKey(), COVER_ASSET))
              .thenAccept(digest -> asked.getVideoBuilder().setCoverAssetKey(digest));
    }
    return digested.thenApply(done -> asked.build());
  }

  private static String assetField(int at) {
    return "images[" + at + "].asset_key";
  }

  CompletionStage<PinMedia> find(String ownerId, CreatePinRequest request) {
    return request.hasVideo()
        ? video(ownerId, request.getVideo())
        : pictures(ownerId, request.getImagesList());
  }

  private CompletionStage<PinMedia> pictures(String ownerId, List<ImageSource> sources) {
    List<CompletableFuture<Image>> images = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      ImageSource source = sources.get(i);
      String field = "images[" + i + "]";
      images.add(
          (source.hasImageUrl()
                  ? pictures.fetch(ownerId, source.getImageUrl(), field + ".image_url")
                  : pictures.resolve(ownerId, source.getAssetKey(), assetField(i)))
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(images.toArray(CompletableFuture[]::new))
        .thenApply(all -> PinMedia.of(images.stream().map(CompletableFuture::join).toList()));
  }

  private CompletionStage<PinMedia> video(String ownerId, VideoSource source) {
    return videos
        .resolve(ownerId, source.getVideoId(), "video.video_id")
        .thenCompose(
            video -> cover(ownerId, video, source).thenApply(cover -> PinMedia.of(video, cover)));
  }

  private CompletionStage<Image> cover(String ownerId, VideoFile video, VideoSource source) {
    return switch (source.getCoverCase()) {
      case COVER_IMAGE_URL ->
          pictures.fetch(ownerId, source.getCoverImageUrl(), "video.cover_image_url");
      case COVER_ASSET_KEY -> pictures.resolve(ownerId, source.getCoverAssetKey(), COVER_ASSET);
      case COVER_KEY_FRAME_SECONDS ->
          videos.frame(
              ownerId, video, source.getCoverKeyFrameSeconds(), "video.cover_key_frame_seconds");
      case COVER_NOT_SET -> throw new IllegalArgumentException("no cover");
    };
  }

  /** The drawing of a collage, which the account uploaded. */
  CompletionStage<Image> drawing(String ownerId, String assetKey) {
    return pictures.resolve(ownerId, assetKey, "asset_key");
  }

  /** Keeps what another Pin shows for as long as it takes to write one that shows it too. */
  CompletionStage<Void> keep(Pin source) {
    List<String> keys = new ArrayList<>();
    source.getImagesList().forEach(image -> keys.add(image.getImage().getAssetKey()));
    if (source.hasVideo()) keys.add(source.getVideo().getAssetKey());
    return pictures.touch(keys);
  }
}
