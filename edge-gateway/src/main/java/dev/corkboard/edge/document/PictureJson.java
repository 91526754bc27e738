// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corkboard.collage.v1.Credit;
import dev.corkboard.collage.v1.Credit.Availability;
import dev.corkboard.collage.v1.Crop;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.edge.json.Json;
import dev.corkboard.edge.media.ImageJson;
import dev.corkboard.edge.media.MediaUrls;
import java.io.IOException;

/** Writes the pictures of collages: what is written can be sent back, as the same picture. */
final class PictureJson {
  private final ImageJson images;

  PictureJson(MediaUrls urls) {
    this.images = new ImageJson(urls);
  }

  /** The picture as {@code picture}, null where some of a layer has none. */
  void write(JsonGenerator json, boolean present, Picture picture) throws IOException {
    if (!present) {
      json.writeNullField("picture");
      return;
    }
    json.writeObjectFieldStart("picture");
    json.writeStringField("asset_key", picture.getImage().getAssetKey());
    json.writeFieldName("image");
    images.write(json, picture.getImage());
    if (picture.hasCredit()) {
      credit(json, picture.getCredit());
    } else {
      json.writeNullField("credit");
    }
    json.writeEndObject();
  }

  private static void credit(JsonGenerator json, Credit credit) throws IOException {
    json.writeObjectFieldStart("credit");
    if (credit.getAvailability() == Availability.AVAILABILITY_UNSPECIFIED) {
      json.writeNullField("available");
    } else {
      json.writeBooleanField(
          "available", credit.getAvailability() == Availability.AVAILABILITY_VISIBLE);
    }
    Json.nullable(json, "pin_id", credit.getPinId());
    Json.nullable(json, "owner_id", credit.getOwnerId());
    Json.nullable(json, "link", credit.getLink());
    Json.nullable(json, "sha256", credit.getSha256());
    Json.nullableTime(json, "taken_at", credit.hasTakeTime(), credit.getTakeTime());
    json.writeEndObject();
  }

  /** The crop as {@code crop}, null for the whole picture. */
  static void crop(JsonGenerator json, boolean present, Crop crop) throws IOException {
    if (!present) {
      json.writeNullField("crop");
      return;
    }
    json.writeObjectFieldStart("crop");
    Json.number(json, "x", crop.getX());
    Json.number(json, "y", crop.getY());
    Json.number(json, "width", crop.getWidth());
    Json.number(json, "height", crop.getHeight());
    json.writeEndObject();
  }
}
