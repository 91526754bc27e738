// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.GradientStop;
import dev.corkboard.collage.v1.LinearGradient;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear gradient with the geometry of CSS. Colours are mixed premultiplied, as CSS does: on the
 * way to transparency nothing turns grey.
 */
final class Gradient {
  private final double x0;
  private final double y0;
  private final double x1;
  private final double y1;
  private final double[] offsets;
  private final int[] colors;

  /** A gradient over a box of a size. */
  Gradient(LinearGradient gradient, double width, double height) {
    Turn turn = Turn.ofDegrees(gradient.getAngle());
    double half = (Math.abs(width * turn.sin()) + Math.abs(height * turn.cos())) / 2;
    x0 = width / 2 - turn.sin() * half;
    y0 = height / 2 + turn.cos() * half;
    x1 = width / 2 + turn.sin() * half;
    y1 = height / 2 - turn.cos() * half;
    List<GradientStop> stops = gradient.getStopsList();
    offsets = stops.stream().mapToDouble(GradientStop::getOffset).toArray();
    colors = stops.stream().mapToInt(stop -> Argb.parse(stop.getColor())).toArray();
  }

  double x0() {
    return x0;
  }

  double y0() {
    return y0;
  }

  double x1() {
    return x1;
  }

  double y1() {
    return y1;
  }

  /** The share of the line that a point of the box is at. */
  double offset(double x, double y) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    return ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
  }

  /** The colour at a share of the line; where offsets are equal, the last one's. */
  int color(double offset) {
    int last = offsets.length - 1;
    if (offset < offsets[0]) return colors[0];
    if (offset >= offsets[last]) return colors[last];
    int i = 0;
    while (offset >= offsets[i + 1]) i++;
    return mix(
        colors[i], colors[i + 1], (float) ((offset - offsets[i]) / (offsets[i + 1] - offsets[i])));
  }

  /** A colour at a point of the line. */
  record Stop(double offset, int color) {}

  /**
   * Stops between which colours may be mixed without premultiplying: where alphas differ, {@code
   * fine} of them stand for one.
   */
  List<Stop> stops(int fine) {
    List<Stop> stops = new ArrayList<>();
    for (int i = 0; i < colors.length; i++) {
      boolean straight = i == 0 || Argb.alpha(colors[i - 1]) == Argb.alpha(colors[i]);
      for (int step = straight ? fine : 1; step < fine; step++) {
        double share = (double) step / fine;
        double offset = offsets[i - 1] + (offsets[i] - offsets[i - 1]) * share;
        stops.add(new Stop(offset, mix(colors[i - 1], colors[i], (float) share)));
      }
      stops.add(new Stop(offsets[i], colors[i]));
    }
    return stops;
  }

  private static int mix(int from, int to, float share) {
    float a = Argb.alpha(from) * (1 - share);
    float b = Argb.alpha(to) * share;
    return Argb.fromPremultiplied(
        a + b,
        (Argb.red(from) * a + Argb.red(to) * b) / 255,
        (Argb.green(from) * a + Argb.green(to) * b) / 255,
        (Argb.blue(from) * a + Argb.blue(to) * b) / 255);
  }

  /** As ink on the canvas; {@code toBox} leads from pixels to the box. */
  Ink ink(AffineTransform toBox) {
    double step = offset(toBox.getScaleX(), toBox.getShearY()) - offset(0, 0);
    double[] at = new double[2];
    return (x, y, argb, n) -> {
      at[0] = x + 0.5;
      at[1] = y + 0.5;
      toBox.transform(at, 0, at, 0, 1);
      double first = offset(at[0], at[1]);
      for (int i = 0; i < n; i++) argb[i] = color(first + i * step);
    };
  }
}
