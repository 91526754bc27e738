// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.v1.LinearGradient;
import dev.corkboard.collage.v1.Paint;
import dev.corkboard.collage.v1.Point;
import dev.corkboard.collage.v1.Polygon;
import java.util.List;

/** The limits of fills, points and polygons. */
final class PaintRules {
  static final int MIN_STOPS = 2;
  static final int MAX_STOPS = 16;
  static final int MIN_CORNERS = 3;
  static final int MAX_CORNERS = 2_000;

  /** The farthest that a point may lie from the upper left corner of its box, in boxes. */
  static final double MAX_COORDINATE = PathData.MAX_COORDINATE;

  private PaintRules() {}

  static void paint(Checks checks, String field, Paint paint) {
    Checks inner = checks.in(field);
    switch (paint.getPaintCase()) {
      case COLOR -> inner.color("color", paint.getColor());
      case GRADIENT -> gradient(inner.in("gradient"), paint.getGradient());
      case PAINT_NOT_SET -> checks.add(field, "needs color or gradient");
    }
  }

  private static void gradient(Checks checks, LinearGradient gradient) {
    checks.range("angle", gradient.getAngle(), -360, 360);
    checks.count("stops", gradient.getStopsCount(), MIN_STOPS, MAX_STOPS);
    double before = 0;
    for (int i = 0; i < Math.min(gradient.getStopsCount(), MAX_STOPS); i++) {
      Checks stop = checks.in("stops", i);
      double offset = gradient.getStops(i).getOffset();
      stop.range("offset", offset, 0, 1);
      if (offset < before) {
        stop.add(
            "offset", "must not be below the one before, %s, got %s".formatted(before, offset));
      }
      before = offset;
      stop.color("color", gradient.getStops(i).getColor());
    }
  }

  static void polygon(Checks checks, Polygon polygon) {
    List<Point> points = polygon.getPointsList();
    checks.count("points", points.size(), MIN_CORNERS, MAX_CORNERS);
    for (int i = 0; i < points.size(); i++) {
      if (!isNear(points.get(i).getX(), points.get(i).getY())) {
        point(checks.in("points", i), points.get(i));
        return;
      }
    }
  }

  static void point(Checks checks, Point point) {
    checks.range("x", point.getX(), -MAX_COORDINATE, MAX_COORDINATE);
    checks.range("y", point.getY(), -MAX_COORDINATE, MAX_COORDINATE);
  }

  static boolean isNear(double x, double y) {
    return Math.abs(x) <= MAX_COORDINATE && Math.abs(y) <= MAX_COORDINATE;
  }
}
