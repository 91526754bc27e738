// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static dev.corkboard.collage.render.Documents.box;
import static dev.corkboard.collage.render.Documents.canvas;
import static dev.corkboard.collage.render.Documents.draw;
import static dev.corkboard.collage.render.Documents.layer;
import static dev.corkboard.collage.render.Documents.picture;
import static dev.corkboard.collage.render.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.CutOutContent;
import dev.corkboard.collage.v1.Mask;
import dev.corkboard.collage.v1.Path;
import dev.corkboard.collage.v1.Placement;
import dev.corkboard.collage.v1.Point;
import dev.corkboard.collage.v1.Polygon;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class ClipTest {
  private static final BufferedImage RED = Documents.pixels(1, 0xFFFF0000);
  private static final String SQUARE = "M.25 .25H.75V.75H.25Z";

  private static CutOutContent.Builder path(String d) {
    return CutOutContent.newBuilder()
        .setPicture(picture("picture", RED))
        .setPath(Path.newBuilder().setD(d));
  }

  private static CutOutContent.Builder mask(BufferedImage mask) {
    return CutOutContent.newBuilder()
        .setPicture(picture("picture", RED))
        .setMask(Mask.newBuilder().setPicture(picture("mask", mask)));
  }

  private static BufferedImage grey(int width, int... values) {
    BufferedImage image =
        new BufferedImage(width, values.length / width, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, width, values.length / width, values);
    return image;
  }

  private static BufferedImage cut(CutOutContent.Builder content, Placement placement) {
    return cut(content, placement, null);
  }

  private static BufferedImage cut(
      CutOutContent.Builder content, Placement placement, BufferedImage mask) {
    return draw(
        with(canvas(80, 80), layer(placement).setCutOut(content)),
        image -> image.getAssetKey().equals("mask") ? mask : RED);
  }

  private static int alpha(BufferedImage drawing, int x, int y) {
    return Argb.alpha(drawing.getRGB(x, y));
  }

  @Test
  void aPathIsInFractionsOfTheBox() {
    BufferedImage drawing = cut(path(SQUARE), box(0, 0, 80, 40));
    assertThat(alpha(drawing, 19, 20)).isZero();
    assertThat(alpha(drawing, 20, 10)).isEqualTo(255);
    assertThat(alpha(drawing, 59, 29)).isEqualTo(255);
    assertThat(alpha(drawing, 60, 20)).isZero();
    assertThat(alpha(drawing, 40, 30)).isZero();
  }

  @Test
  void whatIsSurroundedTwiceIsOutside() {
    BufferedImage drawing = cut(path("M0 0H1V1H0Z " + SQUARE), box(0, 0, 80, 80));
    assertThat(alpha(drawing, 10, 40)).isEqualTo(255);
    assertThat(alpha(drawing, 40, 40)).isZero();
  }

  @Test
  void aPolygonThatCrossesItselfHasAHole() {
    Polygon.Builder star = Polygon.newBuilder();
    for (double[] at : new double[][] {{.5, 0}, {.8, 1}, {0, .35}, {1, .35}, {.2, 1}}) {
      star.addPoints(Point.newBuilder().setX(at[0]).setY(at[1]));
    }
    CutOutContent.Builder content =
        CutOutContent.newBuilder().setPicture(picture("picture", RED)).setPolygon(star);
    BufferedImage drawing = cut(content, box(0, 0, 80, 80));
    assertThat(alpha(drawing, 40, 20)).isEqualTo(255);
    assertThat(alpha(drawing, 40, 44)).isZero();
  }

  @Test
  void nothingIsShownOutsideOfTheBox() {
    BufferedImage drawing = cut(path("M-1 -1H2V2H-1Z"), box(20, 20, 40, 40));
    assertThat(alpha(drawing, 19, 40)).isZero();
    assertThat(alpha(drawing, 20, 20)).isEqualTo(255);
    assertThat(alpha(drawing, 60, 40)).isZero();
  }

  @Test
  void aClipAlongTheEdgeOfTheBoxDoesNotThinIt() {
    BufferedImage clipped = cut(path("M0 0H1V1H0Z"), box(20.5, 20.5, 40, 40));
    assertThat(alpha(clipped, 20, 40)).isBetween(126, 129);
  }

  @Test
  void aClipIsFlippedAndTurnedWithItsBox() {
    Placement placement =
        box(0, 0, 80, 80).toBuilder().setFlipHorizontal(true).setRotation(90).build();
    // The left half is on the right when it is flipped, and below when it is turned.
    BufferedImage drawing = cut(path("M0 0H.5V1H0Z"), placement);
    assertThat(alpha(drawing, 40, 10)).isZero();
    assertThat(alpha(drawing, 40, 70)).isEqualTo(255);
  }

  @Test
  void aMaskSaysHowOpaqueEachPointIs() {
    BufferedImage mask = grey(4, 0, 80, 160, 255);
    BufferedImage drawing = cut(mask(mask), box(0, 0, 80, 80), mask);
    assertThat(alpha(drawing, 5, 40)).isZero();
    assertThat(alpha(drawing, 29, 40)).isCloseTo(80, org.assertj.core.data.Offset.offset(4));
    assertThat(alpha(drawing, 49, 40)).isCloseTo(160, org.assertj.core.data.Offset.offset(4));
    assertThat(alpha(drawing, 75, 40)).isEqualTo(255);
  }

  @Test
  void featherSoftensTheEdgeEvenly() {
    BufferedImage drawing = cut(path(SQUARE).setFeather(4), box(0, 0, 80, 80));
    for (int x = 1; x <= 40; x++) {
      assertThat(alpha(drawing, x, 40)).isGreaterThanOrEqualTo(alpha(drawing, x - 1, 40));
      assertThat(alpha(drawing, 79 - x, 40)).isEqualTo(alpha(drawing, x, 40));
    }
    assertThat(alpha(drawing, 19, 40) + alpha(drawing, 20, 40)).isBetween(253, 257);
    assertThat(alpha(drawing, 40, 40)).isEqualTo(255);
    assertThat(alpha(drawing, 5, 40)).isZero();
    assertThat(drawing.getRGB(19, 40) & 0xFFFFFF).isEqualTo(0xFF0000);
  }

  @Test
  void featherIsInPixelsOfTheCanvasWhateverTheShapeOfTheBox() {
    BufferedImage drawing = cut(path(SQUARE).setFeather(3), box(0, 20, 80, 40));
    // From the left edge at 20 and from the upper edge at 30.
    for (int i = -8; i < 9; i++) {
      assertThat(alpha(drawing, 20 + i, 40))
          .isCloseTo(alpha(drawing, 40, 30 + i), org.assertj.core.data.Offset.offset(2));
    }
  }

  @Test
  void aFeatheredMaskFadesAtTheEdgesOfTheBox() {
    BufferedImage mask = grey(2, 255, 255, 255, 255);
    BufferedImage drawing = cut(mask(mask).setFeather(4), box(20, 20, 40, 40), mask);
    assertThat(alpha(drawing, 40, 40)).isEqualTo(255);
    assertThat(alpha(drawing, 20, 40)).isBetween(128, 150);
    assertThat(alpha(drawing, 19, 40)).isZero();
  }
}
