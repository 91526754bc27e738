// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.picture;

import java.awt.Rectangle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Walks the blocks of a GIF file: size, frames, and that it has an end. */
final class GifHeader {
  private static final int SIGNATURE_BYTES = 6;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;

  private final ByteBuffer in;
  private int frames;
  private Rectangle first = new Rectangle();

  GifHeader(ByteBuffer in) {
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  PictureHeader read() throws BrokenPictureException {
    PictureHeader.skip(in, SIGNATURE_BYTES);
    int width = in.getShort() & 0xFFFF;
    int height = in.getShort() & 0xFFFF;
    int flags = in.get();
    PictureHeader.skip(in, 2);
    skipColors(flags);
    for (int block = in.get(); block != TRAILER; block = in.get()) {
      switch (block) {
        case EXTENSION -> PictureHeader.skip(in, 1);
        case IMAGE -> image();
        default -> throw new BrokenPictureException("its blocks do not join");
      }
      skipSubBlocks();
    }
    if (frames == 0) throw new BrokenPictureException("it holds no picture");
    return new PictureHeader(
        PictureFormat.GIF, width, height, frames, first, (long) first.width * first.height, 1);
  }

  private void image() {
    int x = in.getShort() & 0xFFFF;
    int y = in.getShort() & 0xFFFF;
    int width = in.getShort() & 0xFFFF;
    int height = in.getShort() & 0xFFFF;
    skipColors(in.get());
    PictureHeader.skip(in, 1);
    if (frames++ == 0) first = new Rectangle(x, y, width, height);
  }

  /** A colour table follows when the top bit is set: 3 bytes for each of 2^(n+1) colours. */
  private void skipColors(int flags) {
    if ((flags & 0x80) != 0) PictureHeader.skip(in, 3 << ((flags & 0x07) + 1));
  }

  private void skipSubBlocks() {
    for (int size = in.get() & 0xFF; size != 0; size = in.get() & 0xFF) {
      PictureHeader.skip(in, size);
    }
  }
}
