// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.corkboard.collage.v1.StrokeContent;
import dev.corkboard.collage.v1.StrokePoint;
import java.awt.geom.Path2D;
import org.junit.jupiter.api.Test;

class StrokeOutlineTest {
  private static Path2D outline(double width, double... xyPressure) {
    StrokeContent.Builder stroke = StrokeContent.newBuilder().setWidth(width).setColor("#000000");
    for (int i = 0; i < xyPressure.length; i += 3) {
      stroke.addPoints(
          StrokePoint.newBuilder()
              .setX(xyPressure[i])
              .setY(xyPressure[i + 1])
              .setPressure(xyPressure[i + 2]));
    }
    return StrokeOutline.of(stroke.build(), 100, 100);
  }

  @Test
  void onePointIsADot() {
    Path2D dot = outline(20, .5, .5, .5);
    assertThat(dot.getBounds2D().getWidth()).isCloseTo(10, within(1e-3));
    assertThat(dot.contains(50, 54.9)).isTrue();
    assertThat(dot.contains(53.6, 53.6)).isFalse();
  }

  @Test
  void pressureIsTheShareOfTheWidth() {
    Path2D line = outline(20, 0, .5, 0, 1, .5, 1);
    assertThat(line.contains(50, 54.9)).isTrue();
    assertThat(line.contains(50, 55.5)).isFalse();
    assertThat(line.contains(95, 59)).isTrue();
    assertThat(line.contains(5, 52)).isFalse();
    assertThat(line.getBounds2D().getMaxX()).isCloseTo(110, within(1e-3));
  }

  @Test
  void withoutPressureTheWidthIsFull() {
    StrokeContent stroke =
        StrokeContent.newBuilder()
            .setWidth(20)
            .addPoints(StrokePoint.newBuilder().setX(.2).setY(.5))
            .addPoints(StrokePoint.newBuilder().setX(.8).setY(.5))
            .build();
    Path2D line = StrokeOutline.of(stroke, 100, 100);
    assertThat(line.contains(50, 40.1)).isTrue();
    assertThat(line.contains(50, 59.9)).isTrue();
    assertThat(line.contains(50, 60.1)).isFalse();
  }

  @Test
  void aLineOverItselfHasNoHoles() {
    Path2D zigzag = outline(30, 0, .5, 1, 1, .5, 1, 0, .5, .3, .5, 0, .9, .5, 1, .9);
    for (int x = 0; x <= 100; x++) assertThat(zigzag.contains(x, 50)).as("at %d", x).isTrue();
  }

  @Test
  void cornersAndEndsAreRound() {
    Path2D corner = outline(20, .2, .8, 1, .2, .2, 1, .8, .2, 1);
    assertThat(corner.contains(13.5, 13.5)).isTrue();
    assertThat(corner.contains(12, 12)).isFalse();
    assertThat(corner.contains(89, 20)).isTrue();
    assertThat(corner.contains(89, 29)).isFalse();
  }

  @Test
  void noPressureDrawsNothing() {
    assertThat(outline(20, .1, .1, 0, .9, .9, 0).getBounds2D().isEmpty()).isTrue();
  }

  @Test
  void aDotInADotAddsNothing() {
    Path2D dots = outline(20, .5, .5, 1, .51, .5, .2);
    assertThat(dots.getBounds2D()).isEqualTo(outline(20, .5, .5, 1).getBounds2D());
  }
}
