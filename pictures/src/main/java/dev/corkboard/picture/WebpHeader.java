// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.picture;

import java.awt.Rectangle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Walks the chunks of a WebP file: size, frames, EXIF, and that it is as long as it says. */
final class WebpHeader {
  private static final int RIFF_BYTES = 12;
  private static final int CHUNK_BYTES = 8;
  private static final int FRAME_BYTES = 16;
  private static final int LOSSY = fourCc("VP8 ");
  private static final int LOSSLESS = fourCc("VP8L");
  private static final int EXTENDED = fourCc("VP8X");
  private static final int FRAME = fourCc("ANMF");
  private static final int EXIF = fourCc("EXIF");
  private static final int LOSSLESS_SIGNATURE = 0x2F;

  private final ByteBuffer in;
  private Rectangle canvas;
  private Rectangle first;
  private int frames;
  private int orientation = 1;

  WebpHeader(ByteBuffer in) {
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int fourCc(String name) {
    return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
  }

  PictureHeader read() throws BrokenPictureException {
    long size = Integer.toUnsignedLong(in.getInt(4)) + CHUNK_BYTES;
    if (size > in.limit()) throw new BrokenPictureException("it ends early");
    in.limit((int) size).position(RIFF_BYTES);
    chunks(in);
    if (frames == 0) throw new BrokenPictureException("it holds no picture");
    return new PictureHeader(
        PictureFormat.WEBP,
        canvas.width,
        canvas.height,
        frames,
        first,
        (long) first.width * first.height,
        orientation);
  }

  private void chunks(ByteBuffer from) throws BrokenPictureException {
    while (from.remaining() >= CHUNK_BYTES) {
      int name = from.getInt();
      int length = from.getInt();
      if (length < 0 || length > from.remaining()) {
        throw new BrokenPictureException("it ends early");
      }
      ByteBuffer body = from.slice(from.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      chunk(name, body);
      PictureHeader.skip(from, Math.min(length + (length & 1), from.remaining()));
    }
  }

  private void chunk(int name, ByteBuffer body) throws BrokenPictureException {
    if (name == EXTENDED) {
      PictureHeader.skip(body, 4);
      canvas = new Rectangle(0, 0, uint24(body) + 1, uint24(body) + 1);
    } else if (name == FRAME) {
      frame(body);
    } else if (name == LOSSY || name == LOSSLESS) {
      Rectangle size = name == LOSSY ? lossy(body) : lossless(body);
      if (canvas == null) canvas = size;
      still(size);
    } else if (name == EXIF) {
      orientation = ExifOrientation.read(withoutPrefix(body));
    }
  }

  private void still(Rectangle size) throws BrokenPictureException {
    if (frames++ > 0 || !size.getSize().equals(canvas.getSize())) {
      throw new BrokenPictureException("it contradicts its size");
    }
    first = size;
  }

  /** A frame of an animation: a place, a size, and chunks of its own that must agree with it. */
  private void frame(ByteBuffer body) throws BrokenPictureException {
    if (canvas == null) throw new BrokenPictureException("it does not begin with its header");
    Rectangle place =
        new Rectangle(2 * uint24(body), 2 * uint24(body), uint24(body) + 1, uint24(body) + 1);
    body.position(FRAME_BYTES);
    while (body.remaining() >= CHUNK_BYTES) {
      int name = body.getInt();
      int length = body.getInt();
      if (length < 0 || length > body.remaining()) {
        throw new BrokenPictureException("it ends early");
      }
      ByteBuffer bits = body.slice(body.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      if (name == LOSSY || name == LOSSLESS) {
        Rectangle size = name == LOSSY ? lossy(bits) : lossless(bits);
        if (!size.getSize().equals(place.getSize())) {
          throw new BrokenPictureException("it contradicts its size");
        }
      }
      PictureHeader.skip(body, Math.min(length + (length & 1), body.remaining()));
    }
    if (frames++ == 0) first = place;
  }

  private static int uint24(ByteBuffer in) {
    return (in.getShort() & 0xFFFF) | (in.get() & 0xFF) << 16;
  }

  private static Rectangle lossy(ByteBuffer bits) throws BrokenPictureException {
    PictureHeader.skip(bits, 3);
    if (uint24(bits) != 0x2A019D) throw new BrokenPictureException("it does not begin as VP8");
    return new Rectangle(0, 0, bits.getShort() & 0x3FFF, bits.getShort() & 0x3FFF);
  }

  private static Rectangle lossless(ByteBuffer bits) throws BrokenPictureException {
    if (bits.get() != LOSSLESS_SIGNATURE) {
      throw new BrokenPictureException("it does not begin as VP8L");
    }
    int sizes = bits.getInt();
    return new Rectangle(0, 0, (sizes & 0x3FFF) + 1, (sizes >>> 14 & 0x3FFF) + 1);
  }

  /** Some writers put the JPEG prefix in front of the TIFF header. */
  private static ByteBuffer withoutPrefix(ByteBuffer exif) {
    boolean prefixed = exif.remaining() > 6 && exif.get(0) == 'E' && exif.get(1) == 'x';
    return prefixed ? exif.position(6).slice() : exif;
  }
}
