// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.picture;

import java.nio.ByteBuffer;

/** Walks the segments of a JPEG file: size, number of scans, EXIF, and that it has an end. */
final class JpegHeader {
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int APP1 = 0xE1;
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

  private final ByteBuffer in;
  private int width;
  private int height;
  private int scans;
  private int orientation = 1;

  JpegHeader(ByteBuffer in) {
    this.in = in;
  }

  PictureHeader read() throws BrokenPictureException {
    PictureHeader.skip(in, 2);
    for (int marker = marker(); marker != END_OF_IMAGE; marker = marker()) {
      if (!standsAlone(marker)) segment(marker);
    }
    if (scans == 0) throw new BrokenPictureException("it holds no picture");
    return PictureHeader.still(PictureFormat.JPEG, width, height, scans, orientation);
  }

  private int marker() throws BrokenPictureException {
    if (in.get() != (byte) 0xFF) throw new BrokenPictureException("its segments do not join");
    int marker = 0xFF;
    while (marker == 0xFF) marker = in.get() & 0xFF;
    return marker;
  }

  private static boolean standsAlone(int marker) {
    return marker == 0x01 || isRestart(marker);
  }

  private static boolean isRestart(int marker) {
    return marker >= 0xD0 && marker <= 0xD7;
  }

  /** Start-of-frame markers, without those of Huffman tables, extensions and arithmetic coding. */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private void segment(int marker) throws BrokenPictureException {
    int length = (in.getShort() & 0xFFFF) - 2;
    if (length < 0) throw new BrokenPictureException("a segment has no length");
    ByteBuffer body = in.slice(in.position(), Math.min(length, in.remaining()));
    PictureHeader.skip(in, length);
    if (isFrame(marker)) {
      if (width != 0) throw new BrokenPictureException("it declares its size twice");
      PictureHeader.skip(body, 1);
      height = body.getShort() & 0xFFFF;
      width = body.getShort() & 0xFFFF;
    } else if (marker == APP1 && orientation == 1 && startsWithExif(body)) {
      orientation = ExifOrientation.read(body);
    } else if (marker == START_OF_SCAN) {
      scans++;
      skipScan();
    }
  }

  private static boolean startsWithExif(ByteBuffer body) {
    if (body.remaining() < EXIF.length) return false;
    byte[] start = new byte[EXIF.length];
    body.get(start);
    return java.util.Arrays.equals(start, EXIF);
  }

  private void skipScan() {
    while (true) {
      while (in.get() != (byte) 0xFF) {}
      int next = in.get() & 0xFF;
      while (next == 0xFF) next = in.get() & 0xFF;
      if (next != 0 && !isRestart(next)) {
        in.position(in.position() - 2);
        return;
      }
    }
  }
}
