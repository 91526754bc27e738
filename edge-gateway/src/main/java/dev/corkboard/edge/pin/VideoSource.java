// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.io.IOException;

/**
 * Reads a media source of type {@code video_id} and refuses it: no video can be registered, so none
 * is found (M4).
 */
final class VideoSource {
  private String mediaId;
  private boolean covered;

  private VideoSource() {}

  static void read(JsonReader in) throws IOException {
    VideoSource video = new VideoSource();
    in.object(video::property);
    if (video.mediaId == null) throw MediaSource.required("media_source.media_id", "media_id");
    if (!video.covered) {
      throw ApiException.invalid(
          "media_source",
          "one of cover_image_url or cover_image_content_type with cover_image_data or"
              + " cover_image_key_frame_time is required");
    }
    throw ApiException.notFound(
        ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, "media_id", video.mediaId);
  }

  private void property(String name, JsonReader in) throws IOException {
    switch (name) {
      case "media_id" -> mediaId = in.id(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
      case "cover_image_url", "cover_image_content_type" ->
          covered |= !in.nullableString().isEmpty();
      case "cover_image_key_frame_time" -> {
        if (!in.isNull()) covered |= in.index() >= 0;
      }
      default -> {}
    }
  }
}
