// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.function.IntBinaryOperator;

/** How much of each pixel of a rectangle is covered, from 0 to 255; nothing is outside of it. */
final class Coverage {
  private static final Coverage NONE = new Coverage(new Rectangle(), new byte[0]);

  private final Rectangle bounds;
  private final byte[] values;

  /** Takes over {@code values}: one byte a pixel, row by row. */
  Coverage(Rectangle bounds, byte[] values) {
    this.bounds = bounds;
    this.values = values;
  }

  /** The inside of a shape, antialiased, as far as it lies in {@code limit}; a byte a pixel. */
  static Coverage of(Shape shape, Rectangle limit) {
    Rectangle bounds = pixels(shape.getBounds2D()).intersection(limit);
    if (bounds.isEmpty()) return NONE;
    BufferedImage image =
        new BufferedImage(bounds.width, bounds.height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.translate(-bounds.x, -bounds.y);
    graphics.fill(shape);
    graphics.dispose();
    return new Coverage(bounds, ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
  }

  /** The pixels that a rectangle touches; coordinates beyond those of an int are cut off. */
  private static Rectangle pixels(Rectangle2D exact) {
    if (exact.isEmpty()) return new Rectangle();
    double left = Math.max(exact.getMinX(), -1e9);
    double top = Math.max(exact.getMinY(), -1e9);
    Rectangle2D cut = new Rectangle2D.Double();
    cut.setFrameFromDiagonal(
        left, top, Math.min(exact.getMaxX(), 1e9), Math.min(exact.getMaxY(), 1e9));
    return cut.getBounds();
  }

  Rectangle bounds() {
    return bounds;
  }

  boolean isEmpty() {
    return bounds.isEmpty();
  }

  int at(int x, int y) {
    if (!bounds.contains(x, y)) return 0;
    return values[(y - bounds.y) * bounds.width + x - bounds.x] & 0xFF;
  }

  /** Multiplies alpha of {@code n} pixels of row {@code y}, from {@code x}, all in the bounds. */
  void cover(int x, int y, int[] argb, int n) {
    int at = (y - bounds.y) * bounds.width + x - bounds.x;
    for (int i = 0; i < n; i++) argb[i] = Argb.covered(argb[i], values[at + i] & 0xFF);
  }

  /** From the first to after the last pixel of a row that is covered at all. */
  Span span(int y) {
    if (y < bounds.y || y >= bounds.y + bounds.height) return Span.EMPTY;
    int row = (y - bounds.y) * bounds.width;
    int begin = 0;
    while (begin < bounds.width && values[row + begin] == 0) begin++;
    int end = bounds.width;
    while (end > begin && values[row + end - 1] == 0) end--;
    return new Span(bounds.x + begin, bounds.x + end);
  }

  /** Pixels of a row, from {@code begin} to before {@code end}. */
  record Span(int begin, int end) {
    static final Span EMPTY = new Span(0, 0);
  }

  /** What both cover: of two edges that coincide, one is seen. */
  Coverage within(Coverage other) {
    return combine(other, Math::min);
  }

  /** What is covered twice, as a mask in a mask. */
  Coverage times(Coverage other) {
    return combine(other, (one, two) -> (one * two + 127) / 255);
  }

  /** As much less as an ink is darker than white; its green channel is looked at. */
  Coverage times(Ink grey) {
    byte[] product = new byte[values.length];
    int[] row = new int[bounds.width];
    for (int y = 0; y < bounds.height; y++) {
      grey.row(bounds.x, bounds.y + y, row, bounds.width);
      for (int x = 0; x < bounds.width; x++) {
        int at = y * bounds.width + x;
        product[at] = (byte) ((Argb.green(row[x]) * (values[at] & 0xFF) + 127) / 255);
      }
    }
    return new Coverage(bounds, product);
  }

  private Coverage combine(Coverage other, IntBinaryOperator combination) {
    Rectangle both = bounds.intersection(other.bounds);
    if (both.isEmpty()) return NONE;
    byte[] combined = new byte[both.width * both.height];
    int at = 0;
    for (int y = both.y; y < both.y + both.height; y++) {
      for (int x = both.x; x < both.x + both.width; x++) {
        combined[at++] = (byte) combination.applyAsInt(at(x, y), other.at(x, y));
      }
    }
    return new Coverage(both, combined);
  }

  /**
   * Blurred by a Gaussian of a standard deviation in pixels, as far as it lies in {@code limit}.
   */
  Coverage blurred(double sigma, Rectangle limit) {
    if (sigma == 0 || isEmpty()) return this;
    GaussianBlur blur = new GaussianBlur(sigma);
    Rectangle wide = new Rectangle(bounds);
    wide.grow(blur.reach(), blur.reach());
    Rectangle to = wide.intersection(limit);
    if (to.isEmpty()) return NONE;
    return new Coverage(to, blur.apply(values, bounds, to));
  }
}
