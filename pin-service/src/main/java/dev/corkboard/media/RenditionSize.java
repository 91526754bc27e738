// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.util.Arrays;
import java.util.Optional;

/** The sizes a picture is served in; the names are the REST contract's. */
enum RenditionSize {
  THUMBNAIL("150x150", 150, 150),
  TEASER("400x300", 400, 300),
  MEDIUM("600x", 600, 0),
  LARGE("1200x", 1200, 0),
  /** The very bytes that came in. */
  ORIGINALS("originals", 0, 0);

  /** Pixels; what common decoders take. JPEG itself ends at 65,535. */
  private static final int MAX_SIDE = 16_384;

  private final String label;
  private final int width;
  private final int height;

  RenditionSize(String label, int width, int height) {
    this.label = label;
    this.width = width;
    this.height = height;
  }

  String label() {
    return label;
  }

  static Optional<RenditionSize> of(String label) {
    return Arrays.stream(values()).filter(size -> size.label.equals(label)).findAny();
  }

  /**
   * Whether it is cut out of the centre to an exact size; otherwise the whole picture is scaled.
   */
  boolean cropped() {
    return height > 0;
  }

  /** The size of the rendition of a decoded picture; scaled ones are never enlarged. */
  Dimension of(int decodedWidth, int decodedHeight) {
    if (cropped()) return new Dimension(width, height);
    int longer = Math.max(decodedWidth, decodedHeight);
    double scale = Math.min(1, Math.min((double) width / decodedWidth, (double) MAX_SIDE / longer));
    return new Dimension(scaled(decodedWidth, scale), scaled(decodedHeight, scale));
  }

  private static int scaled(int pixels, double scale) {
    return (int) Math.max(1, Math.round(pixels * scale));
  }

  /** The part of a decoded picture that the rendition shows. */
  Rectangle part(int decodedWidth, int decodedHeight) {
    if (!cropped()) return new Rectangle(decodedWidth, decodedHeight);
    int partWidth =
        (int) Math.min(decodedWidth, Math.max(1, (long) decodedHeight * width / height));
    int partHeight =
        (int) Math.min(decodedHeight, Math.max(1, (long) decodedWidth * height / width));
    return new Rectangle(
        (decodedWidth - partWidth) / 2, (decodedHeight - partHeight) / 2, partWidth, partHeight);
  }
}
