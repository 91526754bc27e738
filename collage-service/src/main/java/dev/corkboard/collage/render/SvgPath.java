// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Outlines in the language of SVG paths. */
final class SvgPath {
  private static final int DECIMALS = 3;
  private static final int FACTOR = 1_000;

  private SvgPath() {}

  /** Path data; thousandths of a pixel are kept. */
  static String of(Shape shape) {
    StringBuilder d = new StringBuilder();
    double[] at = new double[6];
    for (PathIterator each = shape.getPathIterator(null); !each.isDone(); each.next()) {
      switch (each.currentSegment(at)) {
        case PathIterator.SEG_MOVETO -> append(d, 'M', at, 2);
        case PathIterator.SEG_LINETO -> append(d, 'L', at, 2);
        case PathIterator.SEG_QUADTO -> append(d, 'Q', at, 4);
        case PathIterator.SEG_CUBICTO -> append(d, 'C', at, 6);
        default -> d.append('Z');
      }
    }
    return d.toString();
  }

  private static void append(StringBuilder d, char command, double[] numbers, int n) {
    d.append(command);
    for (int i = 0; i < n; i++) {
      if (i > 0) d.append(' ');
      long thousandths = Math.round(numbers[i] * FACTOR);
      if (thousandths % FACTOR == 0) d.append(thousandths / FACTOR);
      else d.append(BigDecimal.valueOf(thousandths, DECIMALS).stripTrailingZeros().toPlainString());
    }
  }

  /** A number as SVG reads it, with at most six decimals. */
  static String number(double value) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
