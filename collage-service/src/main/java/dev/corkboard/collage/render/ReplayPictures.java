// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.media.v1.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pictures of a replay, read once: small copies of those last used are kept, at most 64 of at
 * most 640 by 640 pixels, some 105 MB. Not for use by several threads.
 */
final class ReplayPictures implements PictureSource {
  private static final int MAX_SIDE = 640;
  private static final int MAX_KEPT = 64;

  private final PictureSource pictures;
  private final Map<String, BufferedImage> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, BufferedImage> eldest) {
          return size() > MAX_KEPT;
        }
      };

  ReplayPictures(PictureSource pictures) {
    this.pictures = pictures;
  }

  @Override
  public BufferedImage read(Image image) throws IOException {
    BufferedImage small = kept.get(image.getAssetKey());
    if (small != null) return small;
    small = Bitmap.of(pictures.read(image), MAX_SIDE, MAX_SIDE).image();
    kept.put(image.getAssetKey(), small);
    return small;
  }
}
