// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.picture;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Bytes in memory for a reader of pictures, which gives up on one that goes on reading after the
 * end: some take the end for zeros, and 300 hostile bytes then keep them busy for minutes.
 */
final class PictureBytes extends ImageInputStreamImpl {
  /** Far above the few attempts of a reader that looks ahead, far below what takes time. */
  private static final int MAX_READS_PAST_END = 4096;

  private final byte[] bytes;
  private int readsPastEnd;

  PictureBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : pastEnd();
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    bitOffset = 0;
    if (length == 0) return 0;
    int count = (int) Math.min(length, bytes.length - streamPos);
    if (count <= 0) return pastEnd();
    System.arraycopy(bytes, (int) streamPos, into, offset, count);
    streamPos += count;
    return count;
  }

  private int pastEnd() {
    // Unchecked, for an IOException is what such readers swallow.
    if (++readsPastEnd > MAX_READS_PAST_END) throw new IllegalStateException("read past the end");
    return -1;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
