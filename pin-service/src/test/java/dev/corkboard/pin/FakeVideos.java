// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.util.Durations;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.VideoLibrary;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.VideoFile;
import dev.corkboard.platform.error.ApiException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Videos that are only named: each account has the one with its own id. */
final class FakeVideos implements VideoLibrary {
  @Override
  public CompletionStage<VideoFile> resolve(String ownerId, String videoId, String field) {
    if (!videoId.equals(ownerId)) {
      return CompletableFuture.failedStage(
          ApiException.notFound(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, field, videoId));
    }
    return CompletableFuture.completedStage(
        VideoFile.newBuilder()
            .setAssetKey("video-of-" + ownerId)
            .setContentType("video/mp4")
            .setWidth(640)
            .setHeight(360)
            .setDuration(Durations.fromMillis(12_345))
            .build());
  }

  @Override
  public CompletionStage<Image> frame(String ownerId, VideoFile video, int seconds, String field) {
    return CompletableFuture.completedStage(Pins.image("frame-at-" + seconds));
  }
}
