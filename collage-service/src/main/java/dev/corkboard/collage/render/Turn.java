// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.awt.geom.AffineTransform;

/** A turn by an angle, clockwise; the same on every machine, and exact for right angles. */
record Turn(double sin, double cos) {
  static Turn ofDegrees(double degrees) {
    double right = degrees / 90;
    if (right == Math.rint(right)) {
      return switch (Math.floorMod((int) right, 4)) {
        case 0 -> new Turn(0, 1);
        case 1 -> new Turn(1, 0);
        case 2 -> new Turn(0, -1);
        default -> new Turn(-1, 0);
      };
    }
    double radians = StrictMath.toRadians(degrees);
    return new Turn(StrictMath.sin(radians), StrictMath.cos(radians));
  }

  AffineTransform transform() {
    return new AffineTransform(cos, sin, -sin, cos, 0, 0);
  }
}
