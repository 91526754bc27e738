// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of what several rounds gave. */
final class Median {
  private Median() {}

  /** The middle value, or the mean of the middle two. */
  static double of(double... values) {
    if (values.length == 0) throw new IllegalArgumentException("a median of nothing");
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static double of(List<Sample> samples, ToDoubleFunction<Sample> figure) {
    return of(samples.stream().mapToDouble(figure).toArray());
  }

  /** The median of the ratios within each round: what slows a whole round down drops out. */
  static double ofRatios(
      List<Sample> samples,
      ToDoubleFunction<Sample> figure,
      List<Sample> others,
      ToDoubleFunction<Sample> otherFigure) {
    if (samples.size() != others.size()) throw new IllegalArgumentException("other rounds");
    double[] ratios = new double[samples.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = figure.applyAsDouble(samples.get(i)) / otherFigure.applyAsDouble(others.get(i));
    }
    return of(ratios);
  }
}
