// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Fractional order keys: numbers between 0 and 1 in base 62, written as the digits after the point.
 * They compare byte by byte, and between two of them there is another one as long as it is no
 * longer than 64 digits. What returns a key returns none when no such key fits.
 */
public final class OrderKeys {
  /** Digits of a key. */
  public static final int MAX_LENGTH = 64;

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int BASE = DIGITS.length();
  private static final String MIDDLE = DIGITS.substring(BASE / 2, BASE / 2 + 1);

  /** How many digits are counted in when a key is put at an end: room for millions of such keys. */
  private static final int COUNTED = 4;

  private static final int COUNT = (int) Math.pow(BASE, COUNTED);

  /** How many digits a key made by {@link #spread} has. */
  private static final int SPREAD = 3;

  private OrderKeys() {}

  /** Whether the text is 1 to 64 of {@code 0-9 A-Z a-z}, the last one not {@code 0}. */
  public static boolean isKey(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && !text.endsWith("0")
        && text.chars().allMatch(c -> DIGITS.indexOf(c) >= 0);
  }

  /** A key above one and below another. */
  public static Optional<String> between(String below, String above) {
    if (below.compareTo(above) >= 0) {
      throw new IllegalArgumentException(below + " is not below " + above);
    }
    return fitting(midpoint(below, above));
  }

  /** A key above all others, given the highest; empty when there are no others. */
  public static Optional<String> after(String highest) {
    return fitting(highest.isEmpty() ? MIDDLE : increased(highest));
  }

  /** A key below all others, given the lowest; empty when there are no others. */
  public static Optional<String> before(String lowest) {
    return fitting(lowest.isEmpty() ? MIDDLE : decreased(lowest));
  }

  /** As many short keys, ascending and far apart, none of them taken. */
  static List<String> spread(int count, Set<String> taken) {
    int step = (int) Math.pow(BASE, SPREAD) / (count + 1);
    List<String> keys = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      int number = i * step;
      while (number % BASE == 0 || taken.contains(digits(number, SPREAD))) number++;
      keys.add(digits(number, SPREAD));
    }
    return keys;
  }

  private static Optional<String> fitting(String key) {
    return key.length() <= MAX_LENGTH ? Optional.of(key) : Optional.empty();
  }

  /** Half way; an empty {@code below} is 0, an empty {@code above} is 1. */
  private static String midpoint(String below, String above) {
    int same = 0;
    while (same < above.length() && digit(below, same) == digit(above, same)) same++;
    if (same > 0) {
      return above.substring(0, same) + midpoint(from(below, same), above.substring(same));
    }
    int low = digit(below, 0);
    int high = above.isEmpty() ? BASE : digit(above, 0);
    if (high - low > 1) return DIGITS.substring((low + high) / 2, (low + high) / 2 + 1);
    if (above.length() > 1) return above.substring(0, 1);
    return DIGITS.charAt(low) + midpoint(from(below, 1), "");
  }

  private static String increased(String key) {
    int number = number(key) + 1;
    return number < COUNT
        ? withoutZeros(digits(number, COUNTED))
        : key.substring(0, COUNTED) + after(from(key, COUNTED)).orElse("");
  }

  private static String decreased(String key) {
    int number = number(key);
    String rest = from(key, COUNTED);
    if (number > 0 && !rest.isEmpty()) return withoutZeros(digits(number, COUNTED));
    return number > 1
        ? withoutZeros(digits(number - 1, COUNTED))
        : "0".repeat(COUNTED) + (rest.isEmpty() ? MIDDLE : decreased(rest));
  }

  private static int number(String key) {
    int number = 0;
    for (int i = 0; i < COUNTED; i++) number = number * BASE + digit(key, i);
    return number;
  }

  private static String digits(int number, int length) {
    StringBuilder digits = new StringBuilder();
    for (int rest = number; digits.length() < length; rest /= BASE) {
      digits.append(DIGITS.charAt(rest % BASE));
    }
    return digits.reverse().toString();
  }

  private static String withoutZeros(String digits) {
    return digits.replaceFirst("0+$", "");
  }

  private static int digit(String key, int at) {
    return at < key.length() ? DIGITS.indexOf(key.charAt(at)) : 0;
  }

  private static String from(String key, int at) {
    return at < key.length() ? key.substring(at) : "";
  }
}
