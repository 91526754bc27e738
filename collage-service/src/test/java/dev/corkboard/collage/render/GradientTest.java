// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.corkboard.collage.v1.GradientStop;
import dev.corkboard.collage.v1.LinearGradient;
import java.awt.geom.AffineTransform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientTest {
  private static LinearGradient gradient(double angle, Object... offsetsAndColors) {
    LinearGradient.Builder gradient = LinearGradient.newBuilder().setAngle(angle);
    for (int i = 0; i < offsetsAndColors.length; i += 2) {
      gradient.addStops(
          GradientStop.newBuilder()
              .setOffset(((Number) offsetsAndColors[i]).doubleValue())
              .setColor((String) offsetsAndColors[i + 1]));
    }
    return gradient.build();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 50, 100, 50, 0",
    "90, 0, 50, 200, 50",
    "180, 50, 0, 50, 100",
    "-90, 200, 50, 0, 50",
    "360, 50, 100, 50, 0",
    "45, 0, 100, 200, 0",
    "135, 0, 0, 200, 100",
    "-135, 200, 0, 0, 100"
  })
  void cornersTakeTheFirstAndTheLastColor(
      double angle, double firstX, double firstY, double lastX, double lastY) {
    Gradient gradient = new Gradient(gradient(angle, 0, "#000000", 1, "#ffffff"), 200, 100);
    assertThat(gradient.offset(firstX, firstY)).isCloseTo(0, within(1e-9));
    assertThat(gradient.offset(lastX, lastY)).isCloseTo(1, within(1e-9));
    assertThat(gradient.offset(100, 50)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void colorsLieBetweenTheirStops() {
    Gradient gradient =
        new Gradient(gradient(90, 0.2, "#ff0000", 0.6, "#00ff00", 0.6, "#0000ff"), 1, 1);
    assertThat(gradient.color(-1)).isEqualTo(0xFFFF0000);
    assertThat(gradient.color(0.2)).isEqualTo(0xFFFF0000);
    assertThat(gradient.color(0.4)).isEqualTo(0xFF808000);
    assertThat(gradient.color(0.6)).isEqualTo(0xFF0000FF);
    assertThat(gradient.color(2)).isEqualTo(0xFF0000FF);
  }

  @Test
  void nothingTurnsGreyOnTheWayToTransparency() {
    Gradient gradient = new Gradient(gradient(90, 0, "#ff0000", 1, "#00000000"), 1, 1);
    assertThat(gradient.color(0.5)).isEqualTo(0x80FF0000);
    // What SVG, which does not premultiply, mixes between the stops it is given.
    assertThat(gradient.stops(4))
        .extracting(Gradient.Stop::offset)
        .containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
    assertThat(gradient.stops(4).get(2).color()).isEqualTo(0x80FF0000);
  }

  @Test
  void opaqueStopsStayAsTheyAre() {
    assertThat(new Gradient(gradient(0, 0, "#ff0000", 1, "#0000ff"), 1, 1).stops(16)).hasSize(2);
  }

  @Test
  void inkIsTheColorAtTheMiddleOfPixels() {
    Gradient gradient = new Gradient(gradient(90, 0, "#000000", 1, "#ffffff"), 10, 10);
    int[] row = new int[10];
    gradient.ink(new AffineTransform()).row(0, 3, row, 10);
    for (int x = 0; x < 10; x++) {
      assertThat(row[x] & 0xFF).isCloseTo((int) (255 * (x + 0.5) / 10 + 0.5), within(1));
    }
  }
}
