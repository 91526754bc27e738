// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;

/** Images over pixels that are there already. */
final class Images {
  private Images() {}

  static int[] pixels(BufferedImage argb) {
    return ((DataBufferInt) argb.getRaster().getDataBuffer()).getData();
  }

  /** Non-premultiplied colours, row by row; they are shared. */
  static BufferedImage argb(int[] pixels, int width, int height) {
    return over(pixels, width, height, BufferedImage.TYPE_INT_ARGB);
  }

  /** Puts an image of non-premultiplied pixels on white, in place, and forgets its alpha. */
  static BufferedImage onWhite(BufferedImage argb) {
    int[] pixels = pixels(argb);
    for (int i = 0; i < pixels.length; i++) {
      int pixel = pixels[i];
      int alpha = Argb.alpha(pixel);
      if (alpha != 255) {
        pixels[i] =
            Argb.of(
                255,
                onWhite(Argb.red(pixel), alpha),
                onWhite(Argb.green(pixel), alpha),
                onWhite(Argb.blue(pixel), alpha));
      }
    }
    return over(pixels, argb.getWidth(), argb.getHeight(), BufferedImage.TYPE_INT_RGB);
  }

  private static int onWhite(int channel, int alpha) {
    return (channel * alpha + 255 * (255 - alpha) + 127) / 255;
  }

  private static BufferedImage over(int[] pixels, int width, int height, int type) {
    DirectColorModel model = (DirectColorModel) new BufferedImage(1, 1, type).getColorModel();
    return new BufferedImage(
        model,
        Raster.createPackedRaster(
            new DataBufferInt(pixels, pixels.length),
            width,
            height,
            width,
            model.getMasks(),
            new Point()),
        false,
        null);
  }
}
