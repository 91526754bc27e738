// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.picture;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.nio.ByteBuffer;

/** Which way up a camera says a picture is. */
final class ExifOrientation {
  /** What fits into a JPEG segment; larger blocks, possible in PNG and WebP, are read so far. */
  private static final int MAX_BYTES = 65_533;

  private ExifOrientation() {}

  /**
   * The orientation in an EXIF block that begins with its TIFF header, 1 to 8; 1 when there is none
   * or the block is damaged, which is no reason to refuse the picture.
   */
  static int read(ByteBuffer exif) {
    byte[] block = new byte[Math.min(exif.remaining(), MAX_BYTES)];
    exif.duplicate().get(block);
    Metadata metadata = new Metadata();
    try {
      new ExifReader().extract(new ByteArrayReader(block), metadata);
    } catch (RuntimeException | StackOverflowError damaged) {
      return 1;
    }
    ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    if (directory == null) return 1;
    Integer value = directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
    return value == null || value < 1 || value > 8 ? 1 : value;
  }
}
