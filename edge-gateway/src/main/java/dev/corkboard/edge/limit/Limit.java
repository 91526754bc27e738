// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.limit;

import dev.corkboard.platform.config.ConfigException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token bucket: {@code 1000/10s} admits 1000 requests at once and another every 10 ms.
 *
 * @param requests what the bucket holds, 1 to 999,999,999
 * @param period how long an empty bucket takes to fill, evenly; at least a second
 */
public record Limit(long requests, Duration period) {
  private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,8})/([1-9]\\d{0,4}[smh])");

  /** Reads a setting; fails with one line that names it. */
  static Limit parse(String setting, String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new ConfigException(setting, text, "off, or requests/period such as 1000/10s or 30/1m");
    }
    return new Limit(
        Long.parseLong(matcher.group(1)),
        Duration.parse("PT" + matcher.group(2).toUpperCase(Locale.ROOT)));
  }

  @Override
  public String toString() {
    return requests + "/" + period.toSeconds() + "s";
  }
}
