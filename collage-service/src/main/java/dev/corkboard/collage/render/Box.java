// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.Placement;
import java.awt.geom.AffineTransform;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Rectangle2D;

/**
 * The box that something is drawn into.
 *
 * @param width in pixels of the canvas
 * @param height in pixels of the canvas
 * @param toCanvas from the box, whose upper left corner is its origin, to the canvas
 */
record Box(double width, double height, AffineTransform toCanvas) {
  /** Flipped, then turned, about its middle. */
  static Box of(Placement placement) {
    double width = placement.getWidth();
    double height = placement.getHeight();
    AffineTransform toCanvas =
        AffineTransform.getTranslateInstance(placement.getCenterX(), placement.getCenterY());
    toCanvas.concatenate(Turn.ofDegrees(placement.getRotation()).transform());
    toCanvas.scale(placement.getFlipHorizontal() ? -1 : 1, placement.getFlipVertical() ? -1 : 1);
    toCanvas.translate(-width / 2, -height / 2);
    return new Box(width, height, toCanvas);
  }

  static Box of(Canvas canvas) {
    return new Box(canvas.getWidth(), canvas.getHeight(), new AffineTransform());
  }

  Rectangle2D rectangle() {
    return new Rectangle2D.Double(0, 0, width, height);
  }

  /** From pixels of a drawing to the box. */
  AffineTransform fromDrawing(AffineTransform canvasToDrawing) {
    AffineTransform transform = toDrawing(canvasToDrawing);
    try {
      transform.invert();
      return transform;
    } catch (NoninvertibleTransformException e) {
      throw new IllegalArgumentException("a box without area", e);
    }
  }

  /** From the box to pixels of a drawing. */
  AffineTransform toDrawing(AffineTransform canvasToDrawing) {
    AffineTransform transform = new AffineTransform(canvasToDrawing);
    transform.concatenate(toCanvas);
    return transform;
  }

  /** From pixels of a drawing to fractions of the box. */
  AffineTransform toFractions(AffineTransform canvasToDrawing) {
    AffineTransform transform = AffineTransform.getScaleInstance(1 / width, 1 / height);
    transform.concatenate(fromDrawing(canvasToDrawing));
    return transform;
  }
}
