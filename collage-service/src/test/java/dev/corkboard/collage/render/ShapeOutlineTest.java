// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static dev.corkboard.collage.render.Documents.box;
import static dev.corkboard.collage.render.Documents.canvas;
import static dev.corkboard.collage.render.Documents.draw;
import static dev.corkboard.collage.render.Documents.layer;
import static dev.corkboard.collage.render.Documents.outline;
import static dev.corkboard.collage.render.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.Ellipse;
import dev.corkboard.collage.v1.Line;
import dev.corkboard.collage.v1.Paint;
import dev.corkboard.collage.v1.Point;
import dev.corkboard.collage.v1.Polygon;
import dev.corkboard.collage.v1.Rectangle;
import dev.corkboard.collage.v1.ShapeContent;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class ShapeOutlineTest {
  private static final Paint RED = Paint.newBuilder().setColor("#ff0000").build();
  private static final int R = 0xFFFF0000;
  private static final int B = 0xFF0000FF;

  private static BufferedImage shape(ShapeContent.Builder shape) {
    return draw(with(canvas(100, 100), layer(box(10, 10, 80, 40)).setShape(shape)));
  }

  private static Point at(double x, double y) {
    return Point.newBuilder().setX(x).setY(y).build();
  }

  @Test
  void anOutlineLiesHalfOnEachSideOfTheEdgeAndAboveTheFill() {
    BufferedImage drawing =
        shape(
            ShapeContent.newBuilder()
                .setRectangle(Rectangle.getDefaultInstance())
                .setFill(RED)
                .setOutline(outline("#0000ff", 4)));
    assertThat(drawing.getRGB(7, 30)).isZero();
    assertThat(drawing.getRGB(8, 30)).isEqualTo(B);
    assertThat(drawing.getRGB(11, 30)).isEqualTo(B);
    assertThat(drawing.getRGB(12, 30)).isEqualTo(R);
    // The corner is mitred.
    assertThat(drawing.getRGB(8, 8)).isEqualTo(B);
  }

  @Test
  void cornersAreRoundUpToHalfOfTheShorterSide() {
    BufferedImage drawing =
        shape(
            ShapeContent.newBuilder()
                .setRectangle(Rectangle.newBuilder().setCornerRadius(16_384))
                .setFill(RED));
    assertThat(drawing.getRGB(12, 12)).isZero();
    assertThat(drawing.getRGB(30, 10)).isEqualTo(R);
    assertThat(drawing.getRGB(10, 30)).isNotZero();
    assertThat(drawing.getRGB(17, 17)).isEqualTo(R);
  }

  @Test
  void anEllipseTouchesTheSidesOfTheBox() {
    BufferedImage drawing =
        shape(ShapeContent.newBuilder().setEllipse(Ellipse.getDefaultInstance()).setFill(RED));
    assertThat(drawing.getRGB(50, 10)).isEqualTo(R);
    assertThat(drawing.getRGB(50, 49)).isEqualTo(R);
    assertThat(drawing.getRGB(11, 30)).isEqualTo(R);
    assertThat(drawing.getRGB(20, 15)).isZero();
  }

  @Test
  void aPolygonIsClosed() {
    BufferedImage drawing =
        shape(
            ShapeContent.newBuilder()
                .setPolygon(
                    Polygon.newBuilder()
                        .addPoints(at(0, 0))
                        .addPoints(at(1, 0))
                        .addPoints(at(0, 1)))
                .setOutline(outline("#0000ff", 4)));
    assertThat(drawing.getRGB(10, 30)).isEqualTo(B);
    assertThat(drawing.getRGB(30, 20)).isZero();
  }

  @Test
  void aLineHasNoInside() {
    BufferedImage drawing =
        shape(
            ShapeContent.newBuilder()
                .setLine(Line.newBuilder().setFrom(at(0, 0.5)).setTo(at(1, 0.5)))
                .setFill(RED)
                .setOutline(outline("#0000ff", 2)));
    assertThat(drawing.getRGB(50, 29)).isEqualTo(B);
    assertThat(drawing.getRGB(50, 31)).isZero();
    assertThat(drawing.getRGB(9, 30)).isZero();
    assertThat(drawing.getRGB(89, 30)).isEqualTo(B);
  }
}
