// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.picture;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Walks the chunks of a PNG file: size, animation frames, EXIF, check sums, and that it has an end.
 */
final class PngHeader {
  private static final int SIGNATURE_BYTES = 8;
  private static final int TYPE_BYTES = 4;
  private static final int IHDR = 0x49484452;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int ACTL = 0x6163544C;
  private static final int EXIF = 0x65584966;

  /** Bit 5 of the first letter: clear in chunks without which there is no picture. */
  private static final int ANCILLARY = 0x20000000;

  private final ByteBuffer in;
  private int width;
  private int height;
  private int frames = 1;
  private int orientation = 1;
  private boolean data;

  PngHeader(ByteBuffer in) {
    this.in = in;
  }

  PictureHeader read() throws BrokenPictureException {
    PictureHeader.skip(in, SIGNATURE_BYTES);
    if (chunk() != IHDR) throw new BrokenPictureException("it does not begin with its header");
    while (chunk() != IEND) {}
    if (!data) throw new BrokenPictureException("it holds no picture");
    PictureHeader still = PictureHeader.still(PictureFormat.PNG, width, height, 1, orientation);
    return new PictureHeader(
        still.format(),
        width,
        height,
        frames,
        still.firstFrame(),
        still.decodedPixels(),
        orientation);
  }

  private int chunk() throws BrokenPictureException {
    int length = in.getInt();
    if (length < 0 || length > in.remaining() - 2 * TYPE_BYTES) {
      throw new BrokenPictureException("it ends early");
    }
    ByteBuffer checked = in.slice(in.position(), TYPE_BYTES + length);
    PictureHeader.skip(in, TYPE_BYTES + length);
    int sum = in.getInt();
    int type = checked.getInt();
    if ((type & ANCILLARY) == 0) check(checked.duplicate().rewind(), sum);
    switch (type) {
      case IHDR -> {
        if (width != 0) throw new BrokenPictureException("it declares its size twice");
        width = checked.getInt();
        height = checked.getInt();
      }
      case IDAT -> data = true;
      case ACTL -> frames = Math.max(1, checked.getInt() & Integer.MAX_VALUE);
      case EXIF -> orientation = ExifOrientation.read(checked);
      default -> {}
    }
    return type;
  }

  private static void check(ByteBuffer bytes, int sum) throws BrokenPictureException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if ((int) crc.getValue() != sum) throw new BrokenPictureException("a check sum is wrong");
  }
}
