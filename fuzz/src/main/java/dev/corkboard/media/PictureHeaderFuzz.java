// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.picture.BrokenPictureException;
import dev.corkboard.picture.PictureFormat;
import dev.corkboard.picture.PictureHeader;
import java.util.Optional;

/** Headers of pictures: read, or found broken; never more than the file can hold. */
public final class PictureHeaderFuzz {
  private PictureHeaderFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Optional<PictureFormat> format = PictureFormat.sniff(bytes);
    if (format.isEmpty()) return;
    try {
      PictureHeader header = PictureHeader.read(format.get(), bytes);
      if (header.width() < 1 || header.height() < 1 || header.frames() < 1) {
        throw new AssertionError(header.toString());
      }
      if (header.decodedPixels() < 1 || header.orientation() < 1 || header.orientation() > 8) {
        throw new AssertionError(header.toString());
      }
    } catch (BrokenPictureException broken) {
      // what it is for
    }
  }
}
