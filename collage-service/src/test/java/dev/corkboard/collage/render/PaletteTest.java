// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaletteTest {
  private static BufferedImage image(int width, int... rgb) {
    return Images.onWhite(Documents.pixels(width, rgb));
  }

  private static int[] colors(Palette palette) {
    return IntStream.range(0, palette.size()).map(palette::color).toArray();
  }

  @Test
  void fewColorsAreKeptAsTheyAre() {
    BufferedImage one = image(2, 0xFF000000, 0xFFFFFFFF);
    BufferedImage two = image(1, 0xFF336699);
    assertThat(colors(Palette.of(List.of(one, two))))
        .containsExactlyInAnyOrder(0xFF000000, 0xFFFFFFFF, 0xFF336699);
  }

  @Test
  void manyColorsAreNeverMoreThan256() {
    Random random = new Random(11);
    int[] noise = IntStream.range(0, 10_000).map(i -> random.nextInt() | 0xFF000000).toArray();
    Palette palette = Palette.of(List.of(image(100, noise)));
    assertThat(palette.size()).isEqualTo(256);
    assertThat(colors(palette)).doesNotHaveDuplicates();
  }

  @Test
  void theNearestColorIsFound() {
    Palette palette = Palette.of(List.of(image(3, 0xFF000000, 0xFFFF0000, 0xFFFFFFFF)));
    assertThat(palette.color(palette.nearest(200, 10, 10))).isEqualTo(0xFFFF0000);
    assertThat(palette.color(palette.nearest(20, 10, 90))).isEqualTo(0xFF000000);
    assertThat(palette.color(palette.nearest(200, 210, 190))).isEqualTo(0xFFFFFFFF);
  }

  @Test
  void ditheringKeepsTheMeanOfAnArea() {
    Palette palette = Palette.of(List.of(image(2, 0xFF000000, 0xFFFFFFFF)));
    int[] grey = new int[16 * 16];
    java.util.Arrays.fill(grey, 0xFF606060);
    BufferedImage dithered = new Dithering(palette).apply(image(16, grey));
    double sum = 0;
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) sum += Argb.red(dithered.getRGB(x, y));
    }
    assertThat(sum / 256).isBetween(0x60 - 16.0, 0x60 + 16.0);
  }

  @Test
  void whatIsTheSameStaysTheSameWhateverIsBesideIt() {
    Random random = new Random(5);
    int[] left = IntStream.range(0, 400).map(i -> random.nextInt() | 0xFF000000).toArray();
    int[] changed = left.clone();
    for (int i = 0; i < 200; i++) changed[i] = 0xFF00FF00;
    BufferedImage one = image(20, left);
    BufferedImage two = image(20, changed);
    Dithering dithering = new Dithering(Palette.of(List.of(one, two)));
    BufferedImage first = dithering.apply(one);
    BufferedImage second = dithering.apply(two);
    for (int y = 10; y < 20; y++) {
      for (int x = 0; x < 20; x++) assertThat(second.getRGB(x, y)).isEqualTo(first.getRGB(x, y));
    }
  }
}
