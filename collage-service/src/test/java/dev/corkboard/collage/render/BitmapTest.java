// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static dev.corkboard.collage.render.Documents.pixels;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.v1.Crop;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitmapTest {
  private static int[] argb(Bitmap bitmap) {
    return Images.pixels(bitmap.image());
  }

  private static Crop crop(double x, double y, double width, double height) {
    return Crop.newBuilder().setX(x).setY(y).setWidth(width).setHeight(height).build();
  }

  @Test
  void aPictureOfTheRightSizeIsCopied() {
    BufferedImage picture = pixels(2, 0xFF010203, 0x80FFEEDD, 0x01ABCDEF, 0xFF000000);
    assertThat(argb(Bitmap.of(picture, 2, 2)))
        .containsExactly(0xFF010203, 0x80FFEEDD, 0x01ABCDEF, 0xFF000000);
  }

  @Test
  void aPictureThatIsDrawnLargerKeepsItsPixels() {
    Bitmap bitmap = Bitmap.of(pixels(2, 0xFF010203, 0xFFFFEEDD), 500, 500);
    assertThat(bitmap.width()).isEqualTo(2);
    assertThat(bitmap.height()).isEqualTo(1);
  }

  @Test
  void smallerMeansTheAverageOfAnArea() {
    BufferedImage picture =
        pixels(3, 0xFF000000, 0xFF300000, 0xFFFF0000, 0xFF000000, 0xFF300000, 0xFFFF0000);
    // Each of the two pixels is one and a half pixels of the picture wide.
    assertThat(argb(Bitmap.of(picture, 2, 1))).containsExactly(0xFF100000, 0xFFBA0000);
  }

  @Test
  void transparentPixelsLendNoColor() {
    assertThat(argb(Bitmap.of(pixels(2, 0xFFFF0000, 0x0000FF00), 1, 1)))
        .containsExactly(0x80FF0000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 31, 33, 64, 99, 100})
  void anEvenPictureStaysEvenAtEverySize(int size) {
    BufferedImage picture = new BufferedImage(100, 101, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 101; y++) {
      for (int x = 0; x < 100; x++) picture.setRGB(x, y, 0x4080C0);
    }
    assertThat(argb(Bitmap.of(picture, size, size))).containsOnly(0xFF4080C0).hasSize(size * size);
  }

  @Test
  void greyIsTakenAsItIsStored() {
    BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setSample(0, 0, 0, 128);
    picture.getRaster().setSample(1, 0, 0, 7);
    assertThat(argb(Bitmap.of(picture, 2, 1))).containsExactly(0xFF808080, 0xFF070707);
  }

  @Test
  void aCropIsCutOut() {
    BufferedImage picture = pixels(4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    for (int i = 0; i < 16; i++) Images.pixels(picture)[i] |= 0xFF000000;
    assertThat(argb(Bitmap.of(picture, crop(0.5, 0.25, 0.5, 0.5), 100, 100)))
        .containsExactly(0xFF000007, 0xFF000008, 0xFF00000B, 0xFF00000C);
  }

  @Test
  void aCropBetweenPixelsKnowsWhereItsPixelsLie() {
    BufferedImage picture = new BufferedImage(10, 10, BufferedImage.TYPE_INT_ARGB);
    Bitmap bitmap = Bitmap.of(picture, crop(0.25, 0, 0.3, 1), 100, 100);
    assertThat(bitmap.width()).isEqualTo(4);
    assertThat(bitmap.fromFractions()).isEqualTo(new AffineTransform(3, 0, 0, 10, 0.5, 0));
  }

  @Test
  void aTinyCropHasAPixel() {
    Bitmap bitmap = Bitmap.of(pixels(2, 0xFF010203, 0xFFFFEEDD), crop(0.999, 0, 1e-6, 1), 9, 9);
    assertThat(argb(bitmap)).containsExactly(0xFFFFEEDD);
  }

  @Test
  void betweenPixelsColorsAreMixedAndEdgesGoOn() {
    Bitmap bitmap = Bitmap.of(pixels(2, 0xFF000000, 0xFF0000C8), 8, 1);
    int[] row = new int[8];
    bitmap.ink(AffineTransform.getScaleInstance(1 / 8.0, 1)).row(0, 0, row, 8);
    assertThat(row)
        .containsExactly(
            0xFF000000,
            0xFF000000,
            0xFF000019,
            0xFF00004B,
            0xFF00007D,
            0xFF0000AF,
            0xFF0000C8,
            0xFF0000C8);
  }
}
