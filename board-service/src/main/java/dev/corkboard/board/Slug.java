// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What makes board names the same: case, compatibility forms and spacing do not tell them apart.
 */
final class Slug {
  private Slug() {}

  /** The name in NFKC, case folded, its white space collapsed. */
  static String of(String name) {
    String compatible = Normalizer.normalize(name, Normalizer.Form.NFKC);
    // Upper then lower case is Unicode's simple case folding for what Java offers: sharp s and
    // final sigma included.
    String folded = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC).strip().replaceAll("\\s+", " ");
  }
}
