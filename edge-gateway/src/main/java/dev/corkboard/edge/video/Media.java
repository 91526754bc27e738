// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.video;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corkboard.media.v1.Video;
import java.io.IOException;

/** Writes videos as the contract's media. */
final class Media {
  static final String TYPE = "video";

  private Media() {}

  static void write(JsonGenerator json, Video video) throws IOException {
    json.writeStartObject();
    json.writeStringField("media_id", video.getId());
    json.writeStringField("media_type", TYPE);
    json.writeStringField("status", status(video));
    json.writeEndObject();
  }

  private static String status(Video video) {
    return switch (video.getState()) {
      case VIDEO_STATE_PROCESSING -> "processing";
      case VIDEO_STATE_SUCCEEDED -> "succeeded";
      case VIDEO_STATE_FAILED -> "failed";
      case VIDEO_STATE_REGISTERED, VIDEO_STATE_UNSPECIFIED, UNRECOGNIZED -> "registered";
    };
  }
}
