// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.check;

import java.util.OptionalLong;

/** Ids on the wire: decimal digits of a positive 63-bit number. */
public final class Ids {
  private Ids() {}

  /** Whether the text is decimal digits; it may still be over 63 bits and so name nothing. */
  public static boolean isId(String text) {
    return !text.isEmpty()
        && text.length() <= 40
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The number, or empty when the text is no id or names nothing there can be. */
  public static OptionalLong parse(String text) {
    if (!isId(text) || text.charAt(0) == '0') return OptionalLong.empty();
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException over63Bits) {
      return OptionalLong.empty();
    }
  }

  public static String format(long id) {
    return Long.toString(id);
  }

  /** The number of an id that is known to be one. */
  public static long number(String id) {
    return parse(id).orElseThrow(() -> new IllegalArgumentException("not an id: " + id));
  }
}
