// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.util.regex.Pattern;

/**
 * Where the bytes of a rendition lie. Each time a picture is stored anew its bytes get a new
 * generation, so whoever still deletes an earlier one never meets them.
 *
 * @param sha256 of the original, 64 lower-case hexadecimal digits
 * @param generation positive
 */
record MediaKey(String sha256, long generation, RenditionSize size) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  MediaKey {
    if (!SHA256.matcher(sha256).matches()) throw new IllegalArgumentException("sha256");
    if (generation <= 0) throw new IllegalArgumentException("generation");
  }
}
