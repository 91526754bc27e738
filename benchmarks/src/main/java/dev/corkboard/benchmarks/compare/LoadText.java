// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** A {@link Load} as one line of text, from one process to another. */
final class LoadText {
  private LoadText() {}

  static String format(Load load) {
    ByteBuffer bytes = ByteBuffer.allocate(load.nanos().getNeededByteBufferCapacity());
    int length = load.nanos().encodeIntoCompressedByteBuffer(bytes);
    String times = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    return load.requests() + " " + load.failed() + " " + load.seconds() + " " + times;
  }

  static Load parse(String line) {
    List<String> words = List.of(line.split(" ", -1));
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(words.get(3)));
      return new Load(
          Long.parseLong(words.get(0)),
          Long.parseLong(words.get(1)),
          Double.parseDouble(words.get(2)),
          Histogram.decodeFromCompressedByteBuffer(bytes, 0));
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("not a histogram: " + line, e);
    }
  }
}
