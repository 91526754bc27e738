// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Makes the names of pictures: 16 random bytes, so that nobody finds one by guessing. */
final class AssetKeys {
  private static final int BYTES = 16;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private AssetKeys() {}

  static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether this could be a key; what could not is not looked up. */
  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }
}
