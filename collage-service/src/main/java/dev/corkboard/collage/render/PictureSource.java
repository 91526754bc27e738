// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.media.v1.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** Where the pictures of a collage are read from. It is asked for one at a time. */
@FunctionalInterface
public interface PictureSource {
  /**
   * The decoded picture, upright as it is shown, in sRGB; the caller only reads it.
   *
   * @throws IOException if it cannot be read
   */
  BufferedImage read(Image image) throws IOException;
}
