// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * The colour a picture is announced by before its bytes are there: the mean of its pixels in sRGB,
 * each weighted by its alpha; white when nothing of it can be seen.
 */
final class DominantColor {
  private DominantColor() {}

  /** As {@code #rrggbb}. */
  static String of(BufferedImage image) {
    long red = 0;
    long green = 0;
    long blue = 0;
    long weight = 0;
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int pixel : row) {
        int alpha = pixel >>> 24;
        red += (long) alpha * (pixel >> 16 & 0xFF);
        green += (long) alpha * (pixel >> 8 & 0xFF);
        blue += (long) alpha * (pixel & 0xFF);
        weight += alpha;
      }
    }
    if (weight == 0) return "#ffffff";
    return String.format(
        Locale.ROOT, "#%02x%02x%02x", mean(red, weight), mean(green, weight), mean(blue, weight));
  }

  private static long mean(long sum, long weight) {
    return (sum + weight / 2) / weight;
  }
}
