// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * At most 256 colours that stand for those of opaque images: the space of colours is cut, again and
 * again, where the colours of a part differ most from their mean.
 */
final class Palette {
  private static final int MAX_COLORS = 256;

  private final int[] colors;
  private final short[] nearest = new short[1 << 18];

  private Palette(int[] colors) {
    this.colors = colors;
    Arrays.fill(nearest, (short) -1);
  }

  /** The palette of several images together, so that what they share looks the same in all. */
  static Palette of(List<BufferedImage> images) {
    ColorHistogram histogram = new ColorHistogram();
    for (BufferedImage image : images) histogram.add(Images.pixels(image));
    PriorityQueue<ColorRegion> regions =
        new PriorityQueue<>(Comparator.comparingDouble(ColorRegion::error).reversed());
    regions.add(histogram.all());
    while (regions.size() < MAX_COLORS && regions.element().error() > 0) {
      regions.addAll(regions.remove().halves());
    }
    List<ColorRegion> cut = new ArrayList<>(regions);
    return new Palette(cut.stream().mapToInt(ColorRegion::mean).sorted().toArray());
  }

  int size() {
    return colors.length;
  }

  int color(int index) {
    return colors[index];
  }

  /** The index of the colour nearest to one, which is rounded to four levels a channel. */
  int nearest(int red, int green, int blue) {
    int cell = (red >> 2 << 12) | (green >> 2 << 6) | (blue >> 2);
    if (nearest[cell] < 0) nearest[cell] = (short) search(red | 2, green | 2, blue | 2);
    return nearest[cell];
  }

  private int search(int red, int green, int blue) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < colors.length; i++) {
      int r = red - Argb.red(colors[i]);
      int g = green - Argb.green(colors[i]);
      int b = blue - Argb.blue(colors[i]);
      int distance = r * r + g * g + b * b;
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  IndexColorModel model() {
    int[] padded = Arrays.copyOf(colors, MAX_COLORS);
    return new IndexColorModel(8, MAX_COLORS, padded, 0, false, -1, DataBuffer.TYPE_BYTE);
  }
}
