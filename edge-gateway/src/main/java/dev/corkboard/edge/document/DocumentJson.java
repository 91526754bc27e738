// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corkboard.collage.v1.Background;
import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.DropShadow;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Placement;
import dev.corkboard.edge.json.Json;
import dev.corkboard.edge.media.MediaUrls;
import java.io.IOException;

/**
 * Writes what collages show; every property always, null where there is nothing, defaults spelled
 * out.
 */
public final class DocumentJson {
  private final PictureJson pictures;
  private final ContentJson contents;

  public DocumentJson(MediaUrls urls) {
    this.pictures = new PictureJson(urls);
    this.contents = new ContentJson(urls);
  }

  /** The document as {@code document}. */
  public void write(JsonGenerator json, Document document) throws IOException {
    json.writeObjectFieldStart("document");
    json.writeFieldName("canvas");
    canvas(json, document.getCanvas());
    json.writeArrayFieldStart("layers");
    for (Layer layer : document.getLayersList()) layer(json, layer);
    json.writeEndArray();
    json.writeArrayFieldStart("groups");
    for (Group group : document.getGroupsList()) group(json, group);
    json.writeEndArray();
    json.writeEndObject();
  }

  void canvas(JsonGenerator json, Canvas canvas) throws IOException {
    json.writeStartObject();
    json.writeNumberField("width", canvas.getWidth());
    json.writeNumberField("height", canvas.getHeight());
    background(json, canvas.getBackground());
    json.writeEndObject();
  }

  private void background(JsonGenerator json, Background background) throws IOException {
    switch (background.getBackgroundCase()) {
      case PAINT -> PaintJson.write(json, "background", background.getPaint());
      case PICTURE -> {
        json.writeObjectFieldStart("background");
        json.writeStringField("type", "picture");
        pictures.write(json, true, background.getPicture());
        json.writeEndObject();
      }
      case BACKGROUND_NOT_SET -> json.writeNullField("background");
    }
  }

  static void group(JsonGenerator json, Group group) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", group.getId());
    Json.nullable(json, "name", group.getName());
    Json.nullable(json, "parent_id", group.getParentId());
    json.writeBooleanField("hidden", group.getHidden());
    json.writeBooleanField("locked", group.getLocked());
    json.writeEndObject();
  }

  void layer(JsonGenerator json, Layer layer) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", layer.getId());
    Json.nullable(json, "name", layer.getName());
    placement(json, layer);
    Json.number(json, "opacity", layer.hasOpacity() ? layer.getOpacity() : 1);
    json.writeStringField("blend_mode", DocumentNames.BLEND_MODES.of(layer.getBlendMode()));
    json.writeBooleanField("locked", layer.getLocked());
    json.writeBooleanField("hidden", layer.getHidden());
    Json.nullable(json, "group_id", layer.getGroupId());
    shadow(json, layer);
    Json.nullable(json, "order_key", layer.getOrderKey());
    contents.write(json, layer);
    json.writeEndObject();
  }

  private static void placement(JsonGenerator json, Layer layer) throws IOException {
    if (!layer.hasPlacement()) {
      json.writeNullField("placement");
      return;
    }
    Placement placement = layer.getPlacement();
    json.writeObjectFieldStart("placement");
    Json.number(json, "center_x", placement.getCenterX());
    Json.number(json, "center_y", placement.getCenterY());
    Json.number(json, "width", placement.getWidth());
    Json.number(json, "height", placement.getHeight());
    Json.number(json, "rotation", placement.getRotation());
    json.writeBooleanField("flip_horizontal", placement.getFlipHorizontal());
    json.writeBooleanField("flip_vertical", placement.getFlipVertical());
    json.writeEndObject();
  }

  private static void shadow(JsonGenerator json, Layer layer) throws IOException {
    if (!layer.hasDropShadow()) {
      json.writeNullField("drop_shadow");
      return;
    }
    DropShadow shadow = layer.getDropShadow();
    json.writeObjectFieldStart("drop_shadow");
    Json.number(json, "offset_x", shadow.getOffsetX());
    Json.number(json, "offset_y", shadow.getOffsetY());
    Json.number(json, "blur", shadow.getBlur());
    json.writeStringField("color", shadow.getColor());
    json.writeEndObject();
  }
}
