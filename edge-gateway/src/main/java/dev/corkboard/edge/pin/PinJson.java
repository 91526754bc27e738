// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.util.Durations;
import dev.corkboard.edge.json.Json;
import dev.corkboard.edge.media.ImageJson;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.VideoFile;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinImage;
import java.io.IOException;
import java.util.Map;

/** Writes Pins; every property of the contract always, null where there is nothing. */
final class PinJson {
  private static final String COVER = "1200x";
  private static final String ORIGINAL = "originals";

  private final MediaUrls urls;
  private final ImageJson images;

  PinJson(MediaUrls urls) {
    this.urls = urls;
    this.images = new ImageJson(urls);
  }

  /** A Pin as {@code callerId} sees it. Nothing is counted yet, so {@code pin_metrics} is null. */
  void write(JsonGenerator json, Pin pin, String callerId, Map<String, String> usernames)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", pin.getId());
    Json.time(json, "created_at", pin.getCreateTime());
    Json.nullable(json, "link", pin.getLink());
    Json.nullable(json, "title", pin.getTitle());
    Json.nullable(json, "description", pin.getDescription());
    Json.nullable(json, "alt_text", pin.getAltText());
    Json.nullable(json, "dominant_color", pin.getDominantColor());
    json.writeStringField("board_id", pin.getBoardId());
    Json.nullable(json, "board_section_id", pin.getSectionId());
    json.writeObjectFieldStart("board_owner");
    json.writeStringField("username", usernames.getOrDefault(pin.getBoardOwnerId(), ""));
    json.writeEndObject();
    Json.nullable(json, "parent_pin_id", pin.getParentPinId());
    json.writeStringField("creative_type", creativeType(pin.getCreativeType()));
    json.writeBooleanField("is_owner", pin.getOwnerId().equals(callerId));
    json.writeBooleanField("is_standard", true);
    json.writeBooleanField("has_been_promoted", false);
    json.writeNullField("pin_metrics");
    media(json, pin);
    json.writeEndObject();
  }

  private static String creativeType(CreativeType type) {
    return switch (type) {
      case CREATIVE_TYPE_CAROUSEL -> "CAROUSEL";
      case CREATIVE_TYPE_VIDEO -> "VIDEO";
      case CREATIVE_TYPE_COLLAGE -> "COLLAGE";
      case CREATIVE_TYPE_REGULAR, CREATIVE_TYPE_UNSPECIFIED, UNRECOGNIZED -> "REGULAR";
    };
  }

  private void media(JsonGenerator json, Pin pin) throws IOException {
    json.writeObjectFieldStart("media");
    if (pin.getCreativeType() == CreativeType.CREATIVE_TYPE_CAROUSEL) {
      json.writeStringField("media_type", "multiple_images");
      json.writeArrayFieldStart("items");
      for (PinImage image : pin.getImagesList()) item(json, image);
      json.writeEndArray();
    } else {
      Image image =
          pin.getImagesCount() == 0 ? Image.getDefaultInstance() : pin.getImages(0).getImage();
      json.writeStringField("media_type", pin.hasVideo() ? "video" : "image");
      if (pin.hasVideo()) video(json, pin.getVideo(), image);
      images.renditions(json, image);
    }
    json.writeEndObject();
  }

  private void video(JsonGenerator json, VideoFile video, Image cover) throws IOException {
    json.writeStringField("cover_image_url", urls.of(cover.getAssetKey(), COVER));
    json.writeStringField("video_url", urls.of(video.getAssetKey(), ORIGINAL));
    if (video.hasDuration()) {
      json.writeNumberField("duration", Durations.toMillis(video.getDuration()));
    } else {
      json.writeNullField("duration");
    }
    json.writeNumberField("width", video.getWidth());
    json.writeNumberField("height", video.getHeight());
  }

  private void item(JsonGenerator json, PinImage image) throws IOException {
    json.writeStartObject();
    json.writeStringField("item_type", "image");
    Json.nullable(json, "title", image.getTitle());
    Json.nullable(json, "description", image.getDescription());
    Json.nullable(json, "link", image.getLink());
    images.renditions(json, image.getImage());
    json.writeEndObject();
  }
}
