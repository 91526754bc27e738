// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.VideoFile;
import java.util.concurrent.CompletionStage;

/**
 * The videos Pins are made of. The parameter {@code field} is the request's field that errors name.
 * Stages fail with {@code ApiException}.
 */
public interface VideoLibrary {
  /**
   * The bytes of the owner's own video, kept for another grace period. Fails with MEDIA_NOT_FOUND
   * when it is missing, forgotten or another account's, and with VIDEO_NOT_READY until it has
   * succeeded.
   */
  CompletionStage<VideoFile> resolve(String ownerId, String videoId, String field);

  /**
   * A picture of the owner's, made of the last key frame up to a second; beyond the end, of the
   * last one. Fails with INVALID_FIELD when none can be decoded.
   */
  CompletionStage<Image> frame(String ownerId, VideoFile video, int seconds, String field);
}
