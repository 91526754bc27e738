// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.util.stream.IntStream;

/** How often colours occur, in cells of eight levels a channel. */
final class ColorHistogram {
  private static final int CELLS = 1 << 15;

  private final long[] counts = new long[CELLS];
  private final long[][] sums = new long[3][CELLS];

  void add(int[] rgb) {
    for (int pixel : rgb) {
      int cell = (level(pixel, 0) << 10) | (level(pixel, 1) << 5) | level(pixel, 2);
      counts[cell]++;
      for (int channel = 0; channel < 3; channel++) sums[channel][cell] += value(pixel, channel);
    }
  }

  private static int level(int pixel, int channel) {
    return value(pixel, channel) >> 3;
  }

  private static int value(int pixel, int channel) {
    return (pixel >> (16 - 8 * channel)) & 0xFF;
  }

  long count(int cell) {
    return counts[cell];
  }

  /** The mean of a channel, 0 to 2 for red, green and blue, of the colours in a cell. */
  double mean(int cell, int channel) {
    return (double) sums[channel][cell] / counts[cell];
  }

  /** The region of all colours that occur. */
  ColorRegion all() {
    int[] cells = IntStream.range(0, CELLS).filter(cell -> counts[cell] > 0).toArray();
    return new ColorRegion(this, cells);
  }
}
