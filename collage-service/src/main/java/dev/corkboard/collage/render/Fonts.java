// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.awt.Font;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fonts that words are drawn with: bundled ones only, whatever a machine has installed. */
public final class Fonts {
  private static final Map<String, BundledFamily> FAMILIES =
      byName(
          new BundledFamily("Noto Sans", 400, 700),
          new BundledFamily("Noto Serif", 400, 700),
          new BundledFamily("Noto Sans Mono", 400, 700),
          new BundledFamily("Playfair Display", 400, 700, 900),
          new BundledFamily("Oswald", 400, 700),
          new BundledFamily("Caveat", 400, 700));

  private static final BundledFamily EMOJI = new BundledFamily("Noto Emoji", 400);

  /** Asked in this order for what the chosen family has no letters for. */
  private static final List<BundledFamily> FALLBACKS =
      List.of(
          FAMILIES.get("Noto Sans"),
          new BundledFamily("Noto Sans Arabic", 400, 700),
          new BundledFamily("Noto Sans Hebrew", 400, 700),
          new BundledFamily("Noto Sans Devanagari", 400, 700),
          new BundledFamily("Noto Sans Thai", 400, 700),
          new BundledFamily("Noto Sans Bengali", 400, 700),
          new BundledFamily("Noto Sans Tamil", 400, 700),
          new BundledFamily("Noto Sans Armenian", 400, 700),
          new BundledFamily("Noto Sans Georgian", 400, 700),
          EMOJI,
          new BundledFamily("Droid Sans Fallback", 400),
          new BundledFamily("Noto Sans Symbols", 400),
          new BundledFamily("Noto Sans Symbols 2", 400));

  private static final Pattern CLUSTER = Pattern.compile("\\X");
  private static final int EMOJI_PRESENTATION = 0xFE0F;

  private Fonts() {}

  private static Map<String, BundledFamily> byName(BundledFamily... families) {
    Map<String, BundledFamily> byName = new LinkedHashMap<>();
    for (BundledFamily family : families) byName.put(family.name(), family);
    return Collections.unmodifiableMap(byName);
  }

  /** The names that {@code font_family} may have. */
  public static Set<String> families() {
    return FAMILIES.keySet();
  }

  /**
   * The font of a family at the weight nearest to the one asked for; 0 means 400.
   *
   * @throws IllegalArgumentException if there is no such family
   */
  static Font font(String family, int weight) {
    BundledFamily found = FAMILIES.get(family);
    if (found == null) throw new IllegalArgumentException("no font family: " + family);
    return found.font(weight == 0 ? 400 : weight);
  }

  /** Which font draws which part of a text; a grapheme cluster is never divided. */
  static List<FontRun> runs(String text, String family, int weight) {
    Font chosen = font(family, weight);
    List<FontRun> runs = new ArrayList<>();
    Matcher cluster = CLUSTER.matcher(text);
    int begin = 0;
    Font current = null;
    while (cluster.find()) {
      Font font = fontOf(cluster.group(), chosen, weight == 0 ? 400 : weight);
      if (current != null && !font.equals(current)) {
        runs.add(new FontRun(begin, cluster.start(), current));
        begin = cluster.start();
      }
      current = font;
    }
    if (current != null) runs.add(new FontRun(begin, text.length(), current));
    return runs;
  }

  /** The first font that has all of a cluster, else that has its first code point, else chosen. */
  private static Font fontOf(String cluster, Font chosen, int weight) {
    if (isEmoji(cluster) && hasAll(EMOJI.font(weight), cluster)) return EMOJI.font(weight);
    if (hasAll(chosen, cluster)) return chosen;
    for (BundledFamily family : FALLBACKS) {
      if (hasAll(family.font(weight), cluster)) return family.font(weight);
    }
    int first = cluster.codePointAt(0);
    if (chosen.canDisplay(first)) return chosen;
    return FALLBACKS.stream()
        .map(family -> family.font(weight))
        .filter(font -> font.canDisplay(first))
        .findFirst()
        .orElse(chosen);
  }

  private static boolean isEmoji(String cluster) {
    return cluster.codePoints().anyMatch(c -> c == EMOJI_PRESENTATION || isFlag(c) || isSkin(c));
  }

  private static boolean isFlag(int codePoint) {
    return codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF;
  }

  private static boolean isSkin(int codePoint) {
    return codePoint >= 0x1F3FB && codePoint <= 0x1F3FF;
  }

  private static boolean hasAll(Font font, String cluster) {
    return cluster.codePoints().allMatch(c -> isInvisible(c) || font.canDisplay(c));
  }

  /** Joiners, directions and selectors of variants are drawn by no font. */
  private static boolean isInvisible(int codePoint) {
    return Character.getType(codePoint) == Character.FORMAT
        || (codePoint >= 0xFE00 && codePoint <= EMOJI_PRESENTATION)
        || (codePoint >= 0xE0100 && codePoint <= 0xE01EF)
        || Character.isISOControl(codePoint);
  }
}
