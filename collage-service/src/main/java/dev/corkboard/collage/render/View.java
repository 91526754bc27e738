// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.awt.Rectangle;
import java.awt.geom.AffineTransform;

/**
 * How the canvas is seen.
 *
 * @param scale pixels of the drawing for one of the canvas
 * @param transform from the canvas to pixels of the drawing
 * @param limit the pixels of the drawing that matter
 */
record View(double scale, AffineTransform transform, Rectangle limit) {
  static View of(OutputSize size) {
    return new View(
        size.scale(),
        AffineTransform.getScaleInstance(size.scale(), size.scale()),
        new Rectangle(size.width(), size.height()));
  }

  /** With everything moved by a distance on the canvas, and more around it. */
  View moved(double x, double y, int margin) {
    AffineTransform moved = new AffineTransform(transform);
    moved.translate(x, y);
    Rectangle wide = new Rectangle(limit);
    wide.grow(margin, margin);
    return new View(scale, moved, wide);
  }

  View wider(int margin) {
    return moved(0, 0, margin);
  }
}
