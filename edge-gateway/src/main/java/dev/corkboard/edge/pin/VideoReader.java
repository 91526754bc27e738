// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.VideoSource;
import dev.corkboard.platform.error.ApiException;
import java.io.IOException;

/** Reads a media source of type {@code video_id}: a video, and exactly one cover for it. */
final class VideoReader {
  private static final String FIELD = "media_source";
  private static final String URL = "cover_image_url";
  private static final String DATA = "cover_image_data";
  private static final String CONTENT_TYPE = "cover_image_content_type";
  private static final String KEY_FRAME = "cover_image_key_frame_time";

  private final VideoSource.Builder video = VideoSource.newBuilder();
  private Picture cover;
  private int covers;
  private boolean typed;

  private VideoReader() {}

  static PinMedia read(JsonReader in) throws IOException {
    VideoReader reader = new VideoReader();
    in.object(reader::property);
    return reader.done();
  }

  private void property(String name, JsonReader in) throws IOException {
    if (in.isNull()) return;
    switch (name) {
      case "media_id" -> video.setVideoId(in.id(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND));
      case URL -> {
        video.setCoverImageUrl(in.string());
        covers++;
      }
      case CONTENT_TYPE ->
          typed = !Params.choose(in.path(), in.string(), PictureReader.CONTENT_TYPES).isEmpty();
      case DATA -> {
        cover = new Picture(ImageSource.getDefaultInstance(), in.base64(), in.path());
        covers++;
      }
      case KEY_FRAME -> {
        video.setCoverKeyFrameSeconds(in.index());
        covers++;
      }
      default -> {}
    }
  }

  private PinMedia done() {
    if (video.getVideoId().isEmpty()) throw MediaSource.required(FIELD + ".media_id", "media_id");
    if (typed && cover == null) throw MediaSource.required(FIELD + "." + DATA, DATA);
    if (cover != null && !typed) {
      throw MediaSource.required(FIELD + "." + CONTENT_TYPE, CONTENT_TYPE);
    }
    if (covers != 1) {
      throw ApiException.invalid(
          FIELD,
          "one of cover_image_url or cover_image_content_type with cover_image_data or"
              + " cover_image_key_frame_time is required, got "
              + covers);
    }
    return PinMedia.of(video.build(), cover);
  }
}
