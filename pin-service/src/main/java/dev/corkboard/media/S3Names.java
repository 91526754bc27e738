// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of objects. What is named otherwise is somebody else's and left alone. */
final class S3Names {
  static final String PREFIX = "content/";

  private static final int HEX = 16;
  private static final Pattern NAME =
      Pattern.compile(PREFIX + "([0-9a-f]{64})/([0-9a-f]{1,16})/([^/]+)");

  private S3Names() {}

  static String of(MediaKey key) {
    return PREFIX
        + key.sha256()
        + '/'
        + Long.toHexString(key.generation())
        + '/'
        + key.size().label();
  }

  static Optional<MediaKey> key(String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) return Optional.empty();
    try {
      long generation = Long.parseLong(parts.group(2), HEX);
      return RenditionSize.of(parts.group(3))
          .map(size -> new MediaKey(parts.group(1), generation, size))
          .filter(key -> of(key).equals(name));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
