// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/**
 * Makes the pixels of two axes of a picture, each the average of the area it stands for, alpha
 * counted. Reads the picture once, in strips: it needs little memory beside what it makes.
 */
final class AreaAverage {
  private static final int STRIP = 32;
  private static final double TOLERANCE = 1e-9;

  private final BufferedImage picture;
  private final Axis x;
  private final Axis y;
  private final int first;
  private final int columns;
  private final int[] argb;
  private final float[] sums;
  private int made;

  private AreaAverage(BufferedImage picture, Axis x, Axis y) {
    this.picture = picture;
    this.x = x;
    this.y = y;
    this.first = x.first();
    this.columns = x.last(picture.getWidth()) - first;
    this.argb = new int[x.count() * y.count()];
    this.sums = new float[4 * x.count()];
  }

  /** Non-premultiplied, row by row. */
  static int[] argb(BufferedImage picture, Axis x, Axis y) {
    AreaAverage average = new AreaAverage(picture, x, y);
    average.read();
    return average.argb;
  }

  private void read() {
    BufferedImage strip = new BufferedImage(columns, STRIP, BufferedImage.TYPE_INT_ARGB);
    int[] data = ((DataBufferInt) strip.getRaster().getDataBuffer()).getData();
    boolean copied = x.count() == columns && y.step() == 1;
    int last = y.last(picture.getHeight());
    for (int top = y.first(); top < last; top += STRIP) {
      Graphics2D graphics = strip.createGraphics();
      graphics.setComposite(AlphaComposite.Src);
      graphics.drawImage(picture, -first, -top, null);
      graphics.dispose();
      int rows = Math.min(STRIP, last - top);
      if (copied) {
        System.arraycopy(data, 0, argb, (top - y.first()) * columns, rows * columns);
      } else {
        for (int row = 0; row < rows; row++) add(data, row * columns, top + row);
      }
    }
  }

  /** Adds a row of the picture to the one or more rows it is a part of. */
  private void add(int[] data, int at, int row) {
    float[] line = line(data, at);
    double step = y.step();
    boolean isLast = row + 1 == y.last(picture.getHeight());
    while (made < y.count()) {
      double top = y.begin() + made * step;
      double share = Math.min(row + 1, top + step) - Math.max(row, top);
      if (share > 0) {
        float weight = (float) (share / step);
        for (int i = 0; i < sums.length; i++) sums[i] += line[i] * weight;
      }
      if (top + step > row + 1 + TOLERANCE && !isLast) return;
      finish(made++);
    }
  }

  private void finish(int row) {
    for (int i = 0; i < x.count(); i++) {
      argb[row * x.count() + i] =
          Argb.fromPremultiplied(sums[4 * i], sums[4 * i + 1], sums[4 * i + 2], sums[4 * i + 3]);
    }
    Arrays.fill(sums, 0);
  }

  /** A row of the picture, premultiplied and averaged along it. */
  private float[] line(int[] data, int at) {
    float[] line = new float[4 * x.count()];
    double step = x.step();
    for (int to = 0; to < x.count(); to++) {
      double left = x.begin() + to * step - first;
      double right = Math.min(columns, left + step);
      int whole = (int) Math.ceil(left);
      int end = (int) right;
      if (whole > end) {
        add(data[at + end], right - left, line, to);
      } else {
        if (whole > left) add(data[at + whole - 1], whole - left, line, to);
        addWhole(data, at + whole, at + end, line, to);
        if (right > end) add(data[at + end], right - end, line, to);
      }
      for (int i = 4 * to; i < 4 * to + 4; i++) line[i] /= (float) step;
    }
    return line;
  }

  private static void add(int pixel, double share, float[] line, int to) {
    float alpha = (float) (Argb.alpha(pixel) * share);
    line[4 * to] += alpha;
    line[4 * to + 1] += Argb.red(pixel) * alpha / 255;
    line[4 * to + 2] += Argb.green(pixel) * alpha / 255;
    line[4 * to + 3] += Argb.blue(pixel) * alpha / 255;
  }

  /** Adds pixels that are counted whole: most are, so they are added as whole numbers. */
  private static void addWhole(int[] data, int begin, int end, float[] line, int to) {
    long alphas = 0;
    long reds = 0;
    long greens = 0;
    long blues = 0;
    for (int i = begin; i < end; i++) {
      int pixel = data[i];
      long alpha = Argb.alpha(pixel);
      alphas += alpha;
      reds += Argb.red(pixel) * alpha;
      greens += Argb.green(pixel) * alpha;
      blues += Argb.blue(pixel) * alpha;
    }
    line[4 * to] += alphas;
    line[4 * to + 1] += reds / 255f;
    line[4 * to + 2] += greens / 255f;
    line[4 * to + 3] += blues / 255f;
  }
}
