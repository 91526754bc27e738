// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corkboard.edge.json.Json;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.Rendition;
import java.io.IOException;

/**
 * Writes stored pictures.
 *
 * @param urls where they are served
 */
public record ImageJson(MediaUrls urls) {
  /** A picture by itself. */
  public void write(JsonGenerator json, Image image) throws IOException {
    json.writeStartObject();
    json.writeStringField("asset_key", image.getAssetKey());
    json.writeStringField("content_type", image.getContentType());
    json.writeNumberField("width", image.getWidth());
    json.writeNumberField("height", image.getHeight());
    json.writeNumberField("size_bytes", image.getSizeBytes());
    Json.nullable(json, "dominant_color", image.getDominantColor());
    renditions(json, image);
    json.writeEndObject();
  }

  /** Its sizes, by name, as a property of its own. */
  public void renditions(JsonGenerator json, Image image) throws IOException {
    json.writeObjectFieldStart("images");
    for (Rendition rendition : image.getRenditionsList()) {
      json.writeObjectFieldStart(rendition.getName());
      json.writeNumberField("width", rendition.getWidth());
      json.writeNumberField("height", rendition.getHeight());
      json.writeStringField("url", urls.of(image.getAssetKey(), rendition.getName()));
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
