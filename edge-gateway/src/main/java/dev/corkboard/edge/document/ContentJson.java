// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corkboard.collage.v1.CutOutContent;
import dev.corkboard.collage.v1.ImageContent;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.StrokeContent;
import dev.corkboard.collage.v1.TextContent;
import dev.corkboard.edge.json.Json;
import dev.corkboard.edge.media.MediaUrls;
import java.io.IOException;

/** Writes what layers show, with its type. */
final class ContentJson {
  private static final double LINE_HEIGHT = 1.2;
  private static final int FONT_WEIGHT = 400;

  private final PictureJson pictures;

  ContentJson(MediaUrls urls) {
    this.pictures = new PictureJson(urls);
  }

  /** The content as {@code content}. */
  void write(JsonGenerator json, Layer layer) throws IOException {
    if (layer.getContentCase() == Layer.ContentCase.CONTENT_NOT_SET) {
      json.writeNullField("content");
      return;
    }
    json.writeObjectFieldStart("content");
    switch (layer.getContentCase()) {
      case IMAGE -> image(json, layer.getImage());
      case CUT_OUT -> cutOut(json, layer.getCutOut());
      case TEXT -> text(json, layer.getText());
      case STROKE -> stroke(json, layer.getStroke());
      case SHAPE -> ShapeJson.write(json, layer.getShape());
      case CONTENT_NOT_SET -> {}
    }
    json.writeEndObject();
  }

  private void image(JsonGenerator json, ImageContent image) throws IOException {
    json.writeStringField("type", "image");
    pictures.write(json, image.hasPicture(), image.getPicture());
    PictureJson.crop(json, image.hasCrop(), image.getCrop());
  }

  private void cutOut(JsonGenerator json, CutOutContent cutOut) throws IOException {
    json.writeStringField("type", "cut_out");
    pictures.write(json, cutOut.hasPicture(), cutOut.getPicture());
    PictureJson.crop(json, cutOut.hasCrop(), cutOut.getCrop());
    clip(json, cutOut);
    Json.number(json, "feather", cutOut.getFeather());
  }

  private void clip(JsonGenerator json, CutOutContent cutOut) throws IOException {
    if (cutOut.getClipCase() == CutOutContent.ClipCase.CLIP_NOT_SET) {
      json.writeNullField("clip");
      return;
    }
    json.writeObjectFieldStart("clip");
    switch (cutOut.getClipCase()) {
      case POLYGON -> {
        json.writeStringField("type", "polygon");
        PointJson.polygon(json, cutOut.getPolygon());
      }
      case PATH -> {
        json.writeStringField("type", "path");
        json.writeStringField("d", cutOut.getPath().getD());
      }
      case MASK -> {
        json.writeStringField("type", "mask");
        pictures.write(json, cutOut.getMask().hasPicture(), cutOut.getMask().getPicture());
      }
      case CLIP_NOT_SET -> {}
    }
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, TextContent text) throws IOException {
    json.writeStringField("type", "text");
    json.writeStringField("text", text.getText());
    json.writeStringField("font_family", text.getFontFamily());
    Json.number(json, "font_size", text.getFontSize());
    json.writeNumberField(
        "font_weight", text.getFontWeight() == 0 ? FONT_WEIGHT : text.getFontWeight());
    json.writeStringField("alignment", DocumentNames.ALIGNMENTS.of(text.getAlignment()));
    json.writeStringField("color", text.getColor());
    Json.number(json, "line_height", text.hasLineHeight() ? text.getLineHeight() : LINE_HEIGHT);
  }

  private static void stroke(JsonGenerator json, StrokeContent stroke) throws IOException {
    json.writeStringField("type", "stroke");
    PointJson.stroke(json, stroke.getPointsList());
    json.writeStringField("color", stroke.getColor());
    Json.number(json, "width", stroke.getWidth());
  }
}
