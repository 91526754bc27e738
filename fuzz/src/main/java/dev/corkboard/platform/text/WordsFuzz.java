// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.text;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Words of texts: each is found by itself, or a search for what a text says would miss it. */
public final class WordsFuzz {
  private WordsFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Set<String> words = Words.of(new String(bytes, StandardCharsets.UTF_8));
    for (String word : words) {
      if (!Words.of(word).equals(Set.of(word))) {
        throw new AssertionError("the word " + word + " has the words " + Words.of(word));
      }
    }
  }
}
