// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import dev.corkboard.collage.v1.Point;
import dev.corkboard.collage.v1.Polygon;
import dev.corkboard.collage.v1.StrokePoint;
import dev.corkboard.edge.json.JsonReader;
import java.io.IOException;

/** Reads points, one after the other: there may be very many. */
final class PointReader {
  private static final int MAX_POLYGON = 2_000;

  private double x;
  private double y;
  private double pressure;

  static Point point(JsonReader in) throws IOException {
    return new PointReader().next(in);
  }

  static Polygon polygon(JsonReader in) throws IOException {
    PointReader points = new PointReader();
    Polygon.Builder polygon = Polygon.newBuilder();
    in.elements(MAX_POLYGON, point -> polygon.addPoints(points.next(point)));
    return polygon.build();
  }

  private void read(JsonReader in) throws IOException {
    x = Double.NaN;
    y = Double.NaN;
    pressure = Double.NaN;
    in.present(this::property);
    if (Double.isNaN(x)) throw in.missing("x");
    if (Double.isNaN(y)) throw in.missing("y");
  }

  private void property(String name, JsonReader in) throws IOException {
    switch (name) {
      case "x" -> x = in.number();
      case "y" -> y = in.number();
      case "pressure" -> pressure = in.number();
      default -> {}
    }
  }

  private Point next(JsonReader in) throws IOException {
    read(in);
    return Point.newBuilder().setX(x).setY(y).build();
  }

  StrokePoint nextOfStroke(JsonReader in) throws IOException {
    read(in);
    StrokePoint.Builder point = StrokePoint.newBuilder().setX(x).setY(y);
    return Double.isNaN(pressure) ? point.build() : point.setPressure(pressure).build();
  }
}
