// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.RenderSize;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.error.ApiException.Violation;
import java.util.List;

/**
 * How large a drawing is.
 *
 * @param scale pixels of the drawing for one of the canvas, in each direction
 */
public record OutputSize(int width, int height, double scale) {
  /** The most pixels that a drawing may have. */
  public static final int MAX_PIXELS = 40_000_000;

  /** The longer side of a thumbnail, in pixels. */
  public static final int THUMBNAIL = 400;

  /**
   * The size a canvas is drawn in.
   *
   * @throws ApiException INVALID_FIELD of {@code size} beyond {@link #MAX_PIXELS}
   */
  public static OutputSize of(Canvas canvas, RenderSize size) {
    OutputSize wanted =
        switch (size) {
          case RENDER_SIZE_2X -> scaled(canvas, 2);
          case RENDER_SIZE_THUMBNAIL -> within(canvas, THUMBNAIL);
          default -> scaled(canvas, 1);
        };
    long pixels = (long) wanted.width * wanted.height;
    if (pixels > MAX_PIXELS) {
      String description =
          "a canvas of %d x %d is drawn with %,d pixels (expected: at most %,d)"
              .formatted(canvas.getWidth(), canvas.getHeight(), pixels, MAX_PIXELS);
      throw ApiException.invalid(List.of(new Violation("size", description)));
    }
    return wanted;
  }

  /** No side longer than {@code longest} pixels, and never larger than the canvas. */
  static OutputSize within(Canvas canvas, int longest) {
    int longer = Math.max(canvas.getWidth(), canvas.getHeight());
    return scaled(canvas, Math.min(1, (double) longest / longer));
  }

  static OutputSize scaled(Canvas canvas, double scale) {
    return new OutputSize(
        (int) Math.max(1, Math.round(canvas.getWidth() * scale)),
        (int) Math.max(1, Math.round(canvas.getHeight() * scale)),
        scale);
  }
}
