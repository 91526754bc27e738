// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.pins;

import com.google.protobuf.ByteString;
import java.util.Optional;

/** Tells whether bytes begin a PNG that can be a mask: 8-bit greyscale without alpha. */
final class MaskHeader {
  /** The signature and the chunk IHDR of a PNG up to the colour type. */
  static final int LENGTH = 26;

  private static final int BIT_DEPTH_AT = 24;
  private static final int COLOR_TYPE_AT = 25;
  private static final int GREYSCALE = 0;
  private static final ByteString SIGNATURE =
      ByteString.copyFrom(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});

  private MaskHeader() {}

  /** What is wrong with it; empty when nothing is. */
  static Optional<String> problem(ByteString start) {
    if (start.size() < LENGTH || !start.startsWith(SIGNATURE)) {
      return Optional.of("must be a PNG");
    }
    int depth = start.byteAt(BIT_DEPTH_AT);
    int type = start.byteAt(COLOR_TYPE_AT);
    if (depth == 8 && type == GREYSCALE) return Optional.empty();
    return Optional.of(
        "must be 8-bit greyscale without alpha, got bit depth %d, colour type %d"
            .formatted(depth, type));
  }
}
