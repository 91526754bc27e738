// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.Point;
import dev.corkboard.collage.v1.Polygon;
import dev.corkboard.collage.v1.ShapeContent;
import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/** Geometric shapes in pixels of the canvas, from the upper left corner of their box. */
final class ShapeOutline {
  /** The limit of mitres of SVG; sharper corners are cut off. */
  static final float MITER_LIMIT = 4;

  private ShapeOutline() {}

  /** The edge of a shape. */
  static Shape of(ShapeContent shape, double width, double height) {
    return switch (shape.getGeometryCase()) {
      case ELLIPSE -> new Ellipse2D.Double(0, 0, width, height);
      case POLYGON -> polygon(shape.getPolygon(), width, height);
      case LINE -> {
        Point from = shape.getLine().getFrom();
        Point to = shape.getLine().getTo();
        yield new Line2D.Double(
            from.getX() * width, from.getY() * height, to.getX() * width, to.getY() * height);
      }
      default -> {
        double shorter = Math.min(width, height);
        double corner = Math.min(2 * shape.getRectangle().getCornerRadius(), shorter);
        yield corner == 0
            ? new Rectangle2D.Double(0, 0, width, height)
            : new RoundRectangle2D.Double(0, 0, width, height, corner, corner);
      }
    };
  }

  /** A closed line; inside is what the even-odd rule says. */
  static Path2D polygon(Polygon polygon, double width, double height) {
    Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD, polygon.getPointsCount() + 1);
    for (Point point : polygon.getPointsList()) {
      double x = point.getX() * width;
      double y = point.getY() * height;
      if (path.getCurrentPoint() == null) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
    path.closePath();
    return path;
  }

  /** What the outline of a shape covers: as SVG strokes with its defaults. */
  static Shape stroked(Shape edge, double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, MITER_LIMIT)
        .createStrokedShape(edge);
  }
}
