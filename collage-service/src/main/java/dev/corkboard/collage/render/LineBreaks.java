// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.text.BreakIterator;
import java.util.BitSet;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the lines of a paragraph may break. */
final class LineBreaks {
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  /** With the dictionary that finds the words of Thai; other scripts break as in any locale. */
  private static final Locale LOCALE = Locale.forLanguageTag("th");

  private final String text;
  private final BitSet clusters = new BitSet();
  private final BitSet words = new BitSet();

  LineBreaks(String text) {
    this.text = text;
    Matcher cluster = CLUSTER.matcher(text);
    while (cluster.find()) clusters.set(cluster.end());
    BreakIterator iterator = BreakIterator.getLineInstance(LOCALE);
    iterator.setText(text);
    while (iterator.next() != BreakIterator.DONE) words.set(iterator.current());
    // The rules of the JDK know no emoji of several code points.
    words.and(clusters);
  }

  /**
   * The end of the line that begins at {@code begin} when the chars before {@code fitting} have
   * room: spaces hang over, and at least one cluster is taken.
   */
  int endOfLine(int begin, int fitting) {
    int hanging = fitting;
    while (hanging < text.length() && text.charAt(hanging) == ' ') hanging++;
    if (hanging == text.length()) return hanging;
    int word = words.previousSetBit(hanging);
    if (word > begin) return word;
    int cluster = clusters.previousSetBit(fitting);
    return cluster > begin ? cluster : clusters.nextSetBit(begin + 1);
  }

  int withoutTrailingSpace(int begin, int end) {
    int visible = end;
    while (visible > begin && text.charAt(visible - 1) == ' ') visible--;
    return visible;
  }
}
