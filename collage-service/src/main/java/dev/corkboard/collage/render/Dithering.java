// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/**
 * Draws images with the colours of a palette: pixels next to each other take colours whose mean is
 * the one asked for. A pixel depends on no other, so what does not change between frames stands
 * still. The method is the pattern dithering of Thomas Knoll.
 */
final class Dithering {
  /** Of each 16 pixels, in which place each comes. */
  private static final int[] ORDER = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};

  private static final double STRENGTH = 0.6;

  private final Palette palette;
  private final int[] candidates = new int[ORDER.length];
  private final double[] error = new double[3];

  Dithering(Palette palette) {
    this.palette = palette;
  }

  /** An image of bytes that are indexes of the palette. */
  BufferedImage apply(BufferedImage opaque) {
    int width = opaque.getWidth();
    int[] pixels = Images.pixels(opaque);
    BufferedImage indexed =
        new BufferedImage(
            width, opaque.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, palette.model());
    byte[] indexes = ((DataBufferByte) indexed.getRaster().getDataBuffer()).getData();
    int before = 0;
    for (int i = 0; i < pixels.length; i++) {
      // Neighbours are often equal.
      if (i == 0 || pixels[i] != before) collect(pixels[i]);
      before = pixels[i];
      int place = ORDER[(i / width % 4) * 4 + i % width % 4];
      indexes[i] = (byte) candidates[place];
    }
    return indexed;
  }

  /** Sixteen colours whose mean is near to one, from dark to light. */
  private void collect(int color) {
    Arrays.fill(error, 0);
    for (int i = 0; i < candidates.length; i++) {
      int index =
          palette.nearest(
              channel(Argb.red(color), error[0]),
              channel(Argb.green(color), error[1]),
              channel(Argb.blue(color), error[2]));
      int taken = palette.color(index);
      error[0] += Argb.red(color) - Argb.red(taken);
      error[1] += Argb.green(color) - Argb.green(taken);
      error[2] += Argb.blue(color) - Argb.blue(taken);
      int at = i;
      while (at > 0 && luminance(candidates[at - 1]) > luminance(index)) {
        candidates[at] = candidates[at - 1];
        at--;
      }
      candidates[at] = index;
    }
  }

  private static int channel(int value, double error) {
    return (int) Math.max(0, Math.min(255, value + error * STRENGTH));
  }

  private int luminance(int index) {
    int color = palette.color(index);
    return 299 * Argb.red(color) + 587 * Argb.green(color) + 114 * Argb.blue(color);
  }
}
