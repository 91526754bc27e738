// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.Crop;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/**
 * A part of a picture with as many pixels as are needed to draw it: along each axis those it has,
 * or fewer where it is drawn smaller. Four bytes a pixel; between pixels it is bilinear.
 */
final class Bitmap {
  private static final Crop WHOLE = Crop.newBuilder().setWidth(1).setHeight(1).build();

  private final Axis x;
  private final Axis y;
  private final int[] argb;

  private Bitmap(Axis x, Axis y, int[] argb) {
    this.x = x;
    this.y = y;
    this.argb = argb;
  }

  /** The part of a picture that is drawn {@code width} by {@code height} pixels large. */
  static Bitmap of(BufferedImage picture, Crop crop, double width, double height) {
    Axis x = Axis.of(crop.getX(), crop.getWidth(), picture.getWidth(), width);
    Axis y = Axis.of(crop.getY(), crop.getHeight(), picture.getHeight(), height);
    return new Bitmap(x, y, AreaAverage.argb(picture, x, y));
  }

  /** All of a picture. */
  static Bitmap of(BufferedImage picture, double width, double height) {
    return of(picture, WHOLE, width, height);
  }

  int width() {
    return x.count();
  }

  int height() {
    return y.count();
  }

  /** The pixels as an image; they are shared. */
  BufferedImage image() {
    return Images.argb(argb, width(), height());
  }

  /** From fractions of the part that was asked for to pixels of this. */
  AffineTransform fromFractions() {
    return new AffineTransform(x.scale(), 0, 0, y.scale(), x.origin(), y.origin());
  }

  /** As ink on the canvas; {@code toFractions} leads from its pixels to fractions of the part. */
  Ink ink(AffineTransform toFractions) {
    AffineTransform toPixels = fromFractions();
    toPixels.concatenate(toFractions);
    double[] at = new double[2];
    return (left, top, target, n) -> {
      at[0] = left + 0.5;
      at[1] = top + 0.5;
      toPixels.transform(at, 0, at, 0, 1);
      for (int i = 0; i < n; i++) {
        target[i] =
            sample(at[0] - 0.5 + i * toPixels.getScaleX(), at[1] - 0.5 + i * toPixels.getShearY());
      }
    };
  }

  /** The colour at a point whose whole numbers are the middles of pixels; edges go on outside. */
  private int sample(double atX, double atY) {
    double inX = Math.max(0, Math.min(width() - 1, snap(atX)));
    double inY = Math.max(0, Math.min(height() - 1, snap(atY)));
    int left = (int) inX;
    int top = (int) inY;
    float right = (float) (inX - left);
    float below = (float) (inY - top);
    int upper = top * width() + left;
    int lower = below == 0 ? upper : upper + width();
    int next = right == 0 ? 0 : 1;
    if (next == 0 && lower == upper) return argb[upper];
    return mix(argb[upper], argb[upper + next], argb[lower], argb[lower + next], right, below);
  }

  /** Without the error of a few roundings, so that pixels that fit are copied. */
  private static double snap(double at) {
    double whole = Math.rint(at);
    return Math.abs(at - whole) < 1e-6 ? whole : at;
  }

  private static int mix(int a, int b, int c, int d, float right, float below) {
    float wa = (1 - right) * (1 - below) * Argb.alpha(a);
    float wb = right * (1 - below) * Argb.alpha(b);
    float wc = (1 - right) * below * Argb.alpha(c);
    float wd = right * below * Argb.alpha(d);
    return Argb.fromPremultiplied(
        wa + wb + wc + wd,
        (Argb.red(a) * wa + Argb.red(b) * wb + Argb.red(c) * wc + Argb.red(d) * wd) / 255,
        (Argb.green(a) * wa + Argb.green(b) * wb + Argb.green(c) * wc + Argb.green(d) * wd) / 255,
        (Argb.blue(a) * wa + Argb.blue(b) * wb + Argb.blue(c) * wc + Argb.blue(d) * wd) / 255);
  }
}
