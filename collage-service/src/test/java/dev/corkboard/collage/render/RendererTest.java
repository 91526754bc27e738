// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static dev.corkboard.collage.render.Documents.box;
import static dev.corkboard.collage.render.Documents.canvas;
import static dev.corkboard.collage.render.Documents.draw;
import static dev.corkboard.collage.render.Documents.image;
import static dev.corkboard.collage.render.Documents.layer;
import static dev.corkboard.collage.render.Documents.picture;
import static dev.corkboard.collage.render.Documents.pixels;
import static dev.corkboard.collage.render.Documents.rectangle;
import static dev.corkboard.collage.render.Documents.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.collage.v1.BlendMode;
import dev.corkboard.collage.v1.Crop;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.DropShadow;
import dev.corkboard.collage.v1.GradientStop;
import dev.corkboard.collage.v1.Group;
import dev.corkboard.collage.v1.ImageContent;
import dev.corkboard.collage.v1.Placement;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RendererTest {
  private static final int R = 0xFFFF0000;
  private static final int G = 0xFF00FF00;
  private static final int B = 0xFF0000FF;
  private static final int W = 0xFFFFFFFF;

  /** Red, green; blue, white. */
  private static final BufferedImage QUARTERS = pixels(2, R, G, B, W);

  private static String quarters(BufferedImage drawing) {
    int near = drawing.getWidth() / 8;
    int far = drawing.getWidth() - 1 - near;
    StringBuilder letters = new StringBuilder();
    for (int[] at : new int[][] {{near, near}, {far, near}, {near, far}, {far, far}}) {
      letters.append(
          switch (drawing.getRGB(at[0], at[1])) {
            case R -> 'R';
            case G -> 'G';
            case B -> 'B';
            case W -> 'W';
            default -> '?';
          });
    }
    return letters.toString();
  }

  private static Placement.Builder whole() {
    return box(0, 0, 16, 16).toBuilder();
  }

  @Test
  void anEmptyCanvasIsTransparent() {
    assertThat(Images.pixels(draw(canvas(3, 2)))).containsOnly(0).hasSize(6);
  }

  @Test
  void laterLayersCoverEarlierOnes() {
    Document.Builder document =
        with(
            canvas(4, 1, "#ffffff"),
            rectangle(box(0, 0, 3, 1), "#ff0000"),
            rectangle(box(1, 0, 3, 1), "#0000ff"));
    assertThat(Images.pixels(draw(document))).containsExactly(R, B, B, B);
  }

  @Test
  void hiddenLayersAndThoseOfHiddenGroupsAreNotDrawn() {
    Document.Builder document =
        with(
                canvas(4, 1, "#ffffff"),
                rectangle(box(0, 0, 1, 1), "#ff0000").setHidden(true),
                rectangle(box(1, 0, 1, 1), "#ff0000").setGroupId("hidden"),
                rectangle(box(2, 0, 1, 1), "#ff0000").setGroupId("inner"),
                rectangle(box(3, 0, 1, 1), "#ff0000").setGroupId("shown"))
            .addGroups(Group.newBuilder().setId("hidden").setHidden(true))
            .addGroups(Group.newBuilder().setId("middle").setParentId("hidden"))
            .addGroups(Group.newBuilder().setId("inner").setParentId("middle"))
            .addGroups(Group.newBuilder().setId("shown"));
    assertThat(Images.pixels(draw(document))).containsExactly(W, W, W, R);
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, false, RGBW",
    "90, false, false, BRWG",
    "180, false, false, WBGR",
    "-90, false, false, GWRB",
    "0, true, false, GRWB",
    "0, false, true, BWRG",
    "90, true, false, WGBR",
    "90, false, true, RBGW",
    "-270, true, true, GWRB"
  })
  void picturesAreFlippedThenTurnedClockwise(
      double rotation, boolean horizontal, boolean vertical, String expected) {
    Placement placement =
        whole()
            .setRotation(rotation)
            .setFlipHorizontal(horizontal)
            .setFlipVertical(vertical)
            .build();
    BufferedImage drawing = draw(with(canvas(16, 16), image(placement, QUARTERS)), QUARTERS);
    assertThat(quarters(drawing)).isEqualTo(expected);
  }

  @Test
  void turningIsAboutTheMiddleOfTheBox() {
    Placement placement = box(2, 7, 12, 2).toBuilder().setRotation(90).build();
    BufferedImage drawing = draw(with(canvas(16, 16), rectangle(placement, "#ff0000")));
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        boolean inside = x >= 7 && x < 9 && y >= 2 && y < 14;
        assertThat(drawing.getRGB(x, y)).as("%d, %d", x, y).isEqualTo(inside ? R : 0);
      }
    }
  }

  @Test
  void aCropIsStretchedToTheBox() {
    ImageContent content =
        ImageContent.newBuilder()
            .setPicture(picture("picture", QUARTERS))
            .setCrop(Crop.newBuilder().setX(0.5).setWidth(0.5).setHeight(1))
            .build();
    BufferedImage drawing =
        draw(with(canvas(16, 16), layer(whole().build()).setImage(content)), QUARTERS);
    assertThat(quarters(drawing)).isEqualTo("GGWW");
  }

  @Test
  void aPictureInItsOwnSizeIsDrawnPixelForPixel() {
    BufferedImage drawing = draw(with(canvas(4, 4), image(box(1, 1, 2, 2), QUARTERS)), QUARTERS);
    assertThat(Images.pixels(drawing))
        .containsExactly(0, 0, 0, 0, 0, R, G, 0, 0, B, W, 0, 0, 0, 0, 0);
  }

  @Test
  void opacityAndBlendModeAreOfTheWholeLayer() {
    Document.Builder document =
        with(
            canvas(1, 1, "#40ccc0"),
            rectangle(box(0, 0, 1, 1), "#80c040")
                .setOpacity(0.5)
                .setBlendMode(BlendMode.BLEND_MODE_MULTIPLY));
    // Halfway from the backdrop to 209a30.
    assertThat(draw(document).getRGB(0, 0)).isEqualTo(0xFF30B378);
  }

  @Test
  void opacityZeroDrawsNothing() {
    assertThat(
            draw(with(canvas(1, 1), rectangle(box(0, 0, 1, 1), "#ff0000").setOpacity(0)))
                .getRGB(0, 0))
        .isZero();
  }

  @Test
  void halfCoveredPixelsAreHalfTransparent() {
    BufferedImage drawing = draw(with(canvas(2, 1), rectangle(box(0.5, 0, 1, 1), "#ff0000")));
    assertThat(Argb.alpha(drawing.getRGB(0, 0))).isBetween(126, 129);
    assertThat(drawing.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFF0000);
  }

  @Test
  void theShadowLiesBelowAndIsNotTurned() {
    DropShadow shadow =
        DropShadow.newBuilder().setOffsetX(6).setOffsetY(1).setColor("#0000ff").build();
    Placement placement = box(2, 2, 4, 4).toBuilder().setRotation(90).build();
    BufferedImage drawing =
        draw(with(canvas(16, 16), rectangle(placement, "#ff0000").setDropShadow(shadow)));
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        boolean layer = x >= 2 && x < 6 && y >= 2 && y < 6;
        boolean below = x >= 8 && x < 12 && y >= 3 && y < 7;
        assertThat(drawing.getRGB(x, y)).isEqualTo(layer ? R : below ? B : 0);
      }
    }
  }

  @Test
  void aLayerOutsideThrowsItsShadowInside() {
    DropShadow shadow =
        DropShadow.newBuilder()
            .setOffsetX(100)
            .setOffsetY(0)
            .setBlur(2)
            .setColor("#0000ff")
            .build();
    BufferedImage drawing =
        draw(
            with(
                canvas(40, 40),
                rectangle(box(-90, 10, 20, 20), "#ff000080").setDropShadow(shadow)));
    // As transparent as what throws it.
    assertThat(Argb.alpha(drawing.getRGB(20, 20))).isBetween(126, 129);
    assertThat(drawing.getRGB(20, 20) & 0xFFFFFF).isEqualTo(0x0000FF);
    assertThat(Argb.alpha(drawing.getRGB(9, 20))).isBetween(30, 63);
    assertThat(drawing.getRGB(0, 0)).isZero();
  }

  @Test
  void aShadowGrowsWithTheDrawing() throws IOException {
    DropShadow shadow = DropShadow.newBuilder().setOffsetX(4).setColor("#0000ff").build();
    Document document =
        with(canvas(8, 2), rectangle(box(0, 0, 2, 2), "#ff0000").setDropShadow(shadow)).build();
    BufferedImage drawing =
        new Renderer(Documents.noPictures()).draw(document, new OutputSize(16, 4, 2));
    assertThat(drawing.getRGB(7, 1)).isZero();
    assertThat(drawing.getRGB(8, 1)).isEqualTo(B);
    assertThat(drawing.getRGB(11, 1)).isEqualTo(B);
    assertThat(drawing.getRGB(12, 1)).isZero();
  }

  @Test
  void aBackgroundPictureCoversFromItsMiddle() {
    // Four columns of colour on a square canvas: those at the sides do not fit.
    BufferedImage wide = pixels(4, R, G, B, W, R, G, B, W);
    Document.Builder document = canvas(8, 8);
    document.getCanvasBuilder().getBackgroundBuilder().setPicture(picture("picture", wide));
    BufferedImage drawing = draw(document, wide);
    assertThat(drawing.getRGB(0, 0)).isEqualTo(G);
    assertThat(drawing.getRGB(0, 7)).isEqualTo(G);
    assertThat(drawing.getRGB(7, 0)).isEqualTo(B);
    assertThat(drawing.getRGB(7, 7)).isEqualTo(B);
  }

  @Test
  void aBackgroundGradientRunsAcrossTheCanvas() {
    Document.Builder document = canvas(256, 2);
    document
        .getCanvasBuilder()
        .getBackgroundBuilder()
        .getPaintBuilder()
        .getGradientBuilder()
        .setAngle(90)
        .addStops(GradientStop.newBuilder().setOffset(0).setColor("#000000"))
        .addStops(GradientStop.newBuilder().setOffset(1).setColor("#0000ff"));
    BufferedImage drawing = draw(document);
    for (int x = 0; x < 256; x++) {
      assertThat(drawing.getRGB(x, 1) & 0xFF).isBetween(Math.max(0, x - 1), x + 1);
    }
  }

  @Test
  void aGradientTurnsWithItsLayer() {
    Placement placement = whole().setRotation(90).build();
    var gradient = rectangle(placement, "#000000");
    gradient
        .getShapeBuilder()
        .getFillBuilder()
        .getGradientBuilder()
        .setAngle(90)
        .addStops(GradientStop.newBuilder().setOffset(0).setColor("#000000"))
        .addStops(GradientStop.newBuilder().setOffset(1).setColor("#0000ff"));
    BufferedImage drawing = draw(with(canvas(16, 16), gradient));
    assertThat(drawing.getRGB(3, 0)).isEqualTo(drawing.getRGB(12, 0));
    assertThat(drawing.getRGB(3, 0) & 0xFF).isLessThan(16);
    assertThat(drawing.getRGB(3, 15) & 0xFF).isGreaterThan(240);
  }

  @Test
  void layersFarAwayAndHugeLayersAreDrawnToo() {
    BufferedImage drawing =
        draw(
            with(
                canvas(10, 10),
                rectangle(box(90_000, 90_000, 10, 10), "#ff0000"),
                image(box(-16_000, -16_000, 32_768, 32_768), QUARTERS)),
            QUARTERS);
    assertThat(drawing.getRGB(5, 5)).isNotZero();
  }

  @Test
  void aMissingPictureFails() {
    assertThatThrownBy(
            () ->
                new Renderer(Documents.noPictures())
                    .draw(
                        with(canvas(2, 2), image(box(0, 0, 2, 2), QUARTERS)).build(),
                        new OutputSize(2, 2, 1)))
        .isInstanceOf(IOException.class)
        .hasMessage("no picture picture");
  }
}
