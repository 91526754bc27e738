// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.StrokeContent;
import dev.corkboard.collage.v1.StrokePoint;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.List;

/**
 * A line drawn by hand as the outline of what it covers: a disc at each point, as wide as the
 * pressure there, and between neighbours what the discs sweep as they grow into each other.
 */
final class StrokeOutline {
  private final StrokeContent stroke;
  private final double boxWidth;
  private final double boxHeight;
  private final Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);

  private StrokeOutline(StrokeContent stroke, double boxWidth, double boxHeight) {
    this.stroke = stroke;
    this.boxWidth = boxWidth;
    this.boxHeight = boxHeight;
  }

  /** In pixels of the canvas, from the upper left corner of a box of a size; nonzero winding. */
  static Path2D of(StrokeContent stroke, double boxWidth, double boxHeight) {
    StrokeOutline made = new StrokeOutline(stroke, boxWidth, boxHeight);
    List<Disc> discs = stroke.getPointsList().stream().map(made::disc).distinct().toList();
    Disc before = null;
    for (StrokePoint point : stroke.getPointsList()) {
      Disc disc = made.disc(point);
      if (before != null) made.sweep(before, disc);
      before = disc;
    }
    discs.forEach(made::add);
    return made.outline;
  }

  private record Disc(double x, double y, double radius) {}

  private Disc disc(StrokePoint point) {
    double pressure = point.hasPressure() ? point.getPressure() : 1;
    return new Disc(
        point.getX() * boxWidth, point.getY() * boxHeight, stroke.getWidth() * pressure / 2);
  }

  private void add(Disc disc) {
    if (disc.radius == 0) return;
    double side = 2 * disc.radius;
    outline.append(
        new Ellipse2D.Double(disc.x - disc.radius, disc.y - disc.radius, side, side), false);
  }

  /**
   * The quadrilateral between the outer tangents of two discs, wound as the discs are; none where
   * one disc lies in the other.
   */
  private void sweep(Disc from, Disc to) {
    double dx = to.x - from.x;
    double dy = to.y - from.y;
    double distance = Math.sqrt(dx * dx + dy * dy);
    double shrinking = from.radius - to.radius;
    if (distance <= Math.abs(shrinking) || from.radius + to.radius == 0) return;
    double along = shrinking / distance;
    double across = Math.sqrt(1 - along * along);
    // Of the unit vectors from the centres to where the tangents touch: along the line, across it.
    double ux = dx / distance;
    double uy = dy / distance;
    AffineTransform one = new AffineTransform(ux, uy, -uy, ux, 0, 0);
    double[] left = {along, -across};
    double[] right = {along, across};
    one.transform(left, 0, left, 0, 1);
    one.transform(right, 0, right, 0, 1);
    outline.moveTo(from.x + left[0] * from.radius, from.y + left[1] * from.radius);
    outline.lineTo(to.x + left[0] * to.radius, to.y + left[1] * to.radius);
    outline.lineTo(to.x + right[0] * to.radius, to.y + right[1] * to.radius);
    outline.lineTo(from.x + right[0] * from.radius, from.y + right[1] * from.radius);
    outline.closePath();
  }
}
