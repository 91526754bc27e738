// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corkboard.collage.v1.Point;
import dev.corkboard.collage.v1.Polygon;
import dev.corkboard.collage.v1.StrokePoint;
import dev.corkboard.edge.json.Json;
import java.io.IOException;
import java.util.List;

/** Writes points. */
final class PointJson {
  private PointJson() {}

  static void point(JsonGenerator json, String name, Point point) throws IOException {
    json.writeFieldName(name);
    point(json, point);
  }

  private static void point(JsonGenerator json, Point point) throws IOException {
    json.writeStartObject();
    Json.number(json, "x", point.getX());
    Json.number(json, "y", point.getY());
    json.writeEndObject();
  }

  static void polygon(JsonGenerator json, Polygon polygon) throws IOException {
    json.writeArrayFieldStart("points");
    for (Point point : polygon.getPointsList()) point(json, point);
    json.writeEndArray();
  }

  /** There may be very many: a pressure that is not told is left out. */
  static void stroke(JsonGenerator json, List<StrokePoint> points) throws IOException {
    json.writeArrayFieldStart("points");
    for (StrokePoint point : points) {
      json.writeStartObject();
      Json.number(json, "x", point.getX());
      Json.number(json, "y", point.getY());
      if (point.hasPressure()) Json.number(json, "pressure", point.getPressure());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
