// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.media;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a rendition (RFC 9110, section 14).
 *
 * @param length 0 when the range lies beyond the end
 */
record ByteRange(long offset, long length) {
  private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /** The single range a header asks for; anything else asks for the whole. */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher range = SINGLE.matcher(header);
    if (!range.matches()) return Optional.empty();
    String first = range.group(1);
    String last = range.group(2);
    if (first.isEmpty()) return last.isEmpty() ? Optional.empty() : suffix(last, size);
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? size - 1 : Long.parseLong(last);
    if (to < from && !last.isEmpty()) return Optional.empty();
    return Optional.of(new ByteRange(from, Math.max(0, Math.min(to, size - 1) - from + 1)));
  }

  private static Optional<ByteRange> suffix(String count, long size) {
    long length = Math.min(Long.parseLong(count), size);
    return Optional.of(new ByteRange(size - length, length));
  }

  boolean satisfiable() {
    return length > 0;
  }

  String contentRange(long size) {
    return satisfiable()
        ? "bytes " + offset + "-" + (offset + length - 1) + "/" + size
        : "bytes */" + size;
  }
}
