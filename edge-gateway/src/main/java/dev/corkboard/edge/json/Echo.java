// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.json;

/** Renders a foreign value for an error message: short, printable, and always valid Unicode. */
public final class Echo {
  private static final int MAX_CODE_POINTS = 60;

  private Echo() {}

  /** The value without quotes; control characters and broken surrogates become {@code ?}. */
  public static String of(String value) {
    StringBuilder echo = new StringBuilder();
    value.codePoints().limit(MAX_CODE_POINTS).map(Echo::printable).forEach(echo::appendCodePoint);
    if (value.codePointCount(0, value.length()) > MAX_CODE_POINTS) echo.append("...");
    return echo.toString();
  }

  public static String quoted(String value) {
    return "'" + of(value) + "'";
  }

  private static int printable(int c) {
    return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c;
  }
}
