// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.account;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What usernames look like, and how one is made of a name given elsewhere. */
final class Usernames {
  private static final int MAX = 30;

  /** The contract's path parameter takes no all-digit name: it would read as an id. */
  private static final Pattern USERNAME = Pattern.compile("(?!\\d+$)[A-Za-z0-9_]{3,30}");

  private static final int[] SUFFIXES = {6, 12, 24};

  private Usernames() {}

  static boolean isUsername(String text) {
    return USERNAME.matcher(text).matches();
  }

  /**
   * Usernames to try in this order, the same each time: the wish as near as may be, then with ever
   * longer suffixes.
   *
   * @param seed what the suffixes are made of
   */
  static List<String> candidates(String wish, String seed) {
    String name = clean(wish);
    String digest =
        BaseEncoding.base32()
            .lowerCase()
            .encode(Hashing.sha256().hashString(seed, StandardCharsets.UTF_8).asBytes());
    return Stream.concat(
            Stream.of(name),
            Arrays.stream(SUFFIXES)
                .mapToObj(
                    length -> cut(name, MAX - 1 - length) + "_" + digest.substring(0, length)))
        .toList();
  }

  /** An e-mail address gives its local part, a letter with an accent the letter. */
  private static String clean(String wish) {
    String letters =
        Normalizer.normalize(cut(wish, 255), Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
    String name =
        cut(
            letters
                .replaceAll("@.*", "")
                .replaceAll("[^A-Za-z0-9_]+", "_")
                .replaceAll("^_+|_+$", ""),
            MAX);
    if (isUsername(name)) return name;
    return name.isEmpty() ? "user" : cut("user_" + name, MAX);
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }
}
