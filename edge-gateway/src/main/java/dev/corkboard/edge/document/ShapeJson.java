// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corkboard.collage.v1.ShapeContent;
import dev.corkboard.edge.json.Json;
import java.io.IOException;

/** Writes geometric shapes. */
final class ShapeJson {
  private ShapeJson() {}

  static void write(JsonGenerator json, ShapeContent shape) throws IOException {
    json.writeStringField("type", "shape");
    geometry(json, shape);
    if (shape.hasFill()) {
      PaintJson.write(json, "fill", shape.getFill());
    } else {
      json.writeNullField("fill");
    }
    if (!shape.hasOutline()) {
      json.writeNullField("outline");
      return;
    }
    json.writeObjectFieldStart("outline");
    json.writeStringField("color", shape.getOutline().getColor());
    Json.number(json, "width", shape.getOutline().getWidth());
    json.writeEndObject();
  }

  private static void geometry(JsonGenerator json, ShapeContent shape) throws IOException {
    if (shape.getGeometryCase() == ShapeContent.GeometryCase.GEOMETRY_NOT_SET) {
      json.writeNullField("geometry");
      return;
    }
    json.writeObjectFieldStart("geometry");
    switch (shape.getGeometryCase()) {
      case RECTANGLE -> {
        json.writeStringField("type", "rectangle");
        Json.number(json, "corner_radius", shape.getRectangle().getCornerRadius());
      }
      case ELLIPSE -> json.writeStringField("type", "ellipse");
      case POLYGON -> {
        json.writeStringField("type", "polygon");
        PointJson.polygon(json, shape.getPolygon());
      }
      case LINE -> {
        json.writeStringField("type", "line");
        PointJson.point(json, "from", shape.getLine().getFrom());
        PointJson.point(json, "to", shape.getLine().getTo());
      }
      case GEOMETRY_NOT_SET -> {}
    }
    json.writeEndObject();
  }
}
