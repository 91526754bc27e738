// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianBlurTest {
  private static final Rectangle EVERYWHERE = new Rectangle(-5_000, -5_000, 10_000, 10_000);

  private static Coverage full(Rectangle bounds) {
    byte[] values = new byte[bounds.width * bounds.height];
    java.util.Arrays.fill(values, (byte) 255);
    return new Coverage(bounds, values);
  }

  /** The share of a Gaussian below {@code x} deviations, by Simpson's rule. */
  private static double normal(double x) {
    int steps = 1_000;
    double from = -8;
    double h = (x - from) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double at = from + i * h;
      int weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * Math.exp(-at * at / 2);
    }
    return sum * h / 3 / Math.sqrt(2 * Math.PI);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.9, 2, 2.1, 3, 7.3, 20, 100})
  void anEdgeBecomesTheGaussianStep(double sigma) {
    int size = (int) Math.ceil(sigma * 8) + 20;
    Coverage blurred = full(new Rectangle(0, 0, size, 2 * size)).blurred(sigma, EVERYWHERE);
    for (int x = (int) (-3 * sigma); x <= 3 * sigma; x++) {
      double expected = 255 * normal((x + 0.5) / sigma);
      assertThat((double) blurred.at(x, size)).as("at %d", x).isCloseTo(expected, within(4.0));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.7, 1.5, 4, 11.7, 60})
  void blurringMovesNothingAndLosesNothing(double sigma) {
    Rectangle square = new Rectangle(10, 20, 40, 40);
    Coverage blurred = full(square).blurred(sigma, EVERYWHERE);
    long sum = 0;
    Rectangle bounds = blurred.bounds();
    for (int y = bounds.y; y < bounds.getMaxY(); y++) {
      for (int x = bounds.x; x < bounds.getMaxX(); x++) {
        int value = blurred.at(x, y);
        sum += value;
        assertThat(value).isEqualTo(blurred.at(59 - x, y)).isEqualTo(blurred.at(x, 79 - y));
      }
    }
    // A faint tail is rounded away.
    assertThat(sum / (40.0 * 40 * 255)).isCloseTo(1, within(sigma > 50 ? 0.2 : 0.03));
  }

  @Test
  void whatIsLeftOutChangesNothing() {
    Coverage square = full(new Rectangle(0, 0, 30, 30));
    Coverage all = square.blurred(5, EVERYWHERE);
    Coverage part = square.blurred(5, new Rectangle(-3, 7, 20, 9));
    assertThat(part.bounds()).isEqualTo(new Rectangle(-3, 7, 20, 9));
    for (int y = 7; y < 16; y++) {
      for (int x = -3; x < 17; x++) assertThat(part.at(x, y)).isEqualTo(all.at(x, y));
    }
  }

  @Test
  void nothingIsBlurredToNothing() {
    assertThat(full(new Rectangle()).blurred(9, EVERYWHERE).isEmpty()).isTrue();
    assertThat(full(new Rectangle(0, 0, 5, 5)).blurred(2, new Rectangle(500, 0, 9, 9)).isEmpty())
        .isTrue();
  }
}
