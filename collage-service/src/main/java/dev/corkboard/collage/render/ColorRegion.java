// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Cells of a histogram that one colour stands for. */
final class ColorRegion {
  private final ColorHistogram histogram;
  private final int[] cells;
  private final double[] means = new double[3];
  private int widest;
  private double error;

  /** A region of at least one cell that is not empty. */
  ColorRegion(ColorHistogram histogram, int[] cells) {
    this.histogram = histogram;
    this.cells = cells;
    for (int channel = 0; channel < 3; channel++) measure(channel);
  }

  private void measure(int channel) {
    double count = 0;
    double sum = 0;
    double squares = 0;
    for (int cell : cells) {
      double mean = histogram.mean(cell, channel);
      count += histogram.count(cell);
      sum += mean * histogram.count(cell);
      squares += mean * mean * histogram.count(cell);
    }
    means[channel] = sum / count;
    double deviation = Math.max(0, squares - sum * sum / count);
    if (deviation > error && cells.length > 1) {
      error = deviation;
      widest = channel;
    }
  }

  /** The sum of the squares by which colours differ from the mean, in the channel where most. */
  double error() {
    return error;
  }

  /** An opaque colour. */
  int mean() {
    return Argb.of(
        255, (int) Math.rint(means[0]), (int) Math.rint(means[1]), (int) Math.rint(means[2]));
  }

  /** The cells on both sides of the mean; only of a region that has an error. */
  List<ColorRegion> halves() {
    IntPredicate isBelow = cell -> histogram.mean(cell, widest) <= means[widest];
    return List.of(part(isBelow), part(isBelow.negate()));
  }

  private ColorRegion part(IntPredicate included) {
    return new ColorRegion(histogram, IntStream.of(cells).filter(included).toArray());
  }
}
