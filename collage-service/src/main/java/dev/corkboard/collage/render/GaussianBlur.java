// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.awt.Rectangle;
import java.util.Arrays;

/**
 * A Gaussian blur of one channel, along rows and then along columns. Up to a standard deviation of
 * 2 pixels the kernel is exact to three deviations; above, three box filters with fractional ends
 * stand for it, whose variance is the same. Time does not depend on the deviation; what lies
 * outside is 0. Between the two passes there are 16 bits a pixel.
 */
final class GaussianBlur {
  private static final double EXACT_UP_TO = 2;
  private static final int BOXES = 3;
  private static final int COLUMNS = 32;
  private static final int FINE = 257;

  private final float[] kernel;
  private final int radius;
  private final float end;

  /** A blur of a deviation above 0. */
  GaussianBlur(double sigma) {
    if (sigma <= EXACT_UP_TO) {
      kernel = kernel(sigma);
      radius = kernel.length / 2;
      end = 0;
    } else {
      kernel = new float[0];
      // A box of 2 radius + 1 ones and two ends has the variance sigma^2 / BOXES.
      double variance = sigma * sigma / BOXES;
      radius = (int) ((Math.sqrt(12 * variance + 1) - 1) / 2);
      double inner = (2.0 * radius + 1) * (radius * (radius + 1.0) - 3 * variance) / 6;
      end = (float) (inner / (variance - (radius + 1.0) * (radius + 1.0)));
    }
  }

  private static float[] kernel(double sigma) {
    int radius = (int) Math.ceil(3 * sigma);
    double[] weights = new double[2 * radius + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double x = i - radius;
      weights[i] = StrictMath.exp(-x * x / (2 * sigma * sigma));
      sum += weights[i];
    }
    float[] kernel = new float[weights.length];
    for (int i = 0; i < kernel.length; i++) kernel[i] = (float) (weights[i] / sum);
    return kernel;
  }

  /** How far a pixel reaches, in pixels. */
  int reach() {
    return kernel.length > 0 ? radius : BOXES * (radius + 1);
  }

  /** Blurs {@code values} of the pixels {@code from}; what is outside of {@code to} is left out. */
  byte[] apply(byte[] values, Rectangle from, Rectangle to) {
    short[] rows = alongRows(values, from, to);
    byte[] blurred = new byte[to.width * to.height];
    Line line = new Line(from.y, from.height, to.y, to.height);
    float[][] columns = new float[COLUMNS][from.height];
    for (int x = 0; x < to.width; x += COLUMNS) {
      int n = Math.min(COLUMNS, to.width - x);
      for (int y = 0; y < from.height; y++) {
        for (int i = 0; i < n; i++) columns[i][y] = rows[y * to.width + x + i] & 0xFFFF;
      }
      for (int i = 0; i < n; i++) {
        line.blur(columns[i]);
        for (int y = 0; y < to.height; y++) {
          blurred[y * to.width + x + i] = (byte) Argb.channel(line.result(y) / FINE);
        }
      }
    }
    return blurred;
  }

  private short[] alongRows(byte[] values, Rectangle from, Rectangle to) {
    short[] rows = new short[to.width * from.height];
    Line line = new Line(from.x, from.width, to.x, to.width);
    float[] row = new float[from.width];
    for (int y = 0; y < from.height; y++) {
      for (int x = 0; x < from.width; x++) row[x] = (values[y * from.width + x] & 0xFF) * FINE;
      line.blur(row);
      for (int x = 0; x < to.width; x++) {
        rows[y * to.width + x] = (short) Math.min(0xFFFF, (int) (line.result(x) + 0.5f));
      }
    }
    return rows;
  }

  /** One row or column, with room for what the blur spreads to. */
  private final class Line {
    private final int length;
    private final int first;
    private float[] now;
    private float[] next;

    Line(int from, int length, int to, int toLength) {
      this.length = length;
      int size = length + 2 * reach();
      this.first = to - (from - reach());
      if (first < 0 || first + toLength > size) throw new IllegalArgumentException("out of reach");
      this.now = new float[size];
      this.next = new float[size];
    }

    float result(int at) {
      return now[first + at];
    }

    void blur(float[] values) {
      Arrays.fill(now, 0);
      System.arraycopy(values, 0, now, reach(), length);
      if (kernel.length > 0) {
        convolve();
      } else {
        for (int box = 0; box < BOXES; box++) box();
      }
    }

    private void convolve() {
      for (int i = 0; i < now.length; i++) {
        float sum = 0;
        int begin = Math.max(0, i - radius);
        int stop = Math.min(now.length, i + radius + 1);
        for (int k = begin; k < stop; k++) sum += now[k] * kernel[k - i + radius];
        next[i] = sum;
      }
      swap();
    }

    private void box() {
      float weight = 1 / (2 * radius + 1 + 2 * end);
      double sum = 0;
      for (int i = 0; i < Math.min(radius, now.length); i++) sum += now[i];
      for (int i = 0; i < now.length; i++) {
        sum += at(i + radius);
        next[i] = (float) ((sum + end * (at(i - radius - 1) + at(i + radius + 1))) * weight);
        sum -= at(i - radius);
      }
      swap();
    }

    private float at(int i) {
      return i < 0 || i >= now.length ? 0 : now[i];
    }

    private void swap() {
      float[] swapped = now;
      now = next;
      next = swapped;
    }
  }
}
