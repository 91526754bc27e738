// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static dev.corkboard.collage.render.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.corkboard.collage.v1.TextContent;
import dev.corkboard.collage.v1.TextContent.Alignment;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextOutlineTest {
  private static final double SIZE = 20;
  private static final double LINE = 1.2 * SIZE;

  private static Rectangle2D bounds(String text, double width) {
    return TextOutline.of(text(text, "Noto Sans", SIZE).build(), width).getBounds2D();
  }

  private static Rectangle2D bounds(String text, double width, Alignment alignment) {
    return TextOutline.of(text(text, "Noto Sans", SIZE).setAlignment(alignment).build(), width)
        .getBounds2D();
  }

  /** The number of lines that are not empty, by looking between them. */
  private static int lines(String text, double width) {
    TextContent content = text(text, "Noto Sans", SIZE).setLineHeight(3).build();
    Path2D outline = TextOutline.of(content, width);
    int lines = 0;
    for (int i = 0; i * 3 * SIZE < outline.getBounds2D().getMaxY(); i++) {
      if (outline.intersects(-9_999, i * 3 * SIZE, 99_999, 3 * SIZE)) lines++;
    }
    return lines;
  }

  @Test
  void aLineStandsInTheMiddleOfItsHeight() {
    Rectangle2D x = bounds("x", 1_000);
    // Ascent 1.069 and descent 0.293 of the size, about the middle of 1.2.
    double baseline = (LINE + (1.069 - 0.293) * SIZE) / 2;
    assertThat(x.getMaxY()).isCloseTo(baseline, within(0.01));
    assertThat(x.getMinX()).isBetween(0.0, 2.0);
  }

  @Test
  void aLineFeedBeginsALineAndEmptyLinesCount() {
    double one = bounds("x", 1_000).getMaxY();
    assertThat(bounds("x\nx", 1_000).getMaxY()).isCloseTo(one + LINE, within(0.01));
    assertThat(bounds("\n\nx", 1_000).getMinY())
        .isCloseTo(bounds("x", 1_000).getMinY() + 2 * LINE, within(0.01));
  }

  @Test
  void lineHeightIsTheDistanceOfBaselines() {
    for (double height : new double[] {0.5, 1.2, 5}) {
      TextContent one = text("x", "Noto Sans", SIZE).setLineHeight(height).build();
      TextContent two = one.toBuilder().setText("x\nx").build();
      assertThat(
              TextOutline.of(two, 99).getBounds2D().getMaxY()
                  - TextOutline.of(one, 99).getBounds2D().getMaxY())
          .isCloseTo(height * SIZE, within(0.01));
    }
  }

  @Test
  void wordsAreWrappedAtTheWidthOfTheBox() {
    assertThat(lines("one two three", 1_000)).isEqualTo(1);
    assertThat(lines("one two three", 60)).isEqualTo(3);
    assertThat(bounds("one two three", 60).getMaxX()).isLessThanOrEqualTo(60);
    // Spaces at the end of a line need no room.
    double exact = bounds("one", 1_000).getMaxX() + 1;
    assertThat(lines("one     two", exact + 8)).isEqualTo(2);
    assertThat(bounds("one     two", exact + 8).getMinX()).isLessThan(2);
  }

  @Test
  void aWordWiderThanTheBoxIsBroken() {
    assertThat(bounds("abcdefghijklmnop", 50).getMaxX()).isLessThanOrEqualTo(50);
    assertThat(lines("abcdefghijklmnop", 50)).isGreaterThan(2);
    // One letter at least, however narrow.
    assertThat(lines("abcd", 0.001)).isEqualTo(4);
    assertThat(lines("👨‍👩‍👧👨‍👩‍👧", 0.001)).isEqualTo(2);
  }

  @Test
  void ideographsBreakAnywhereButBeforeAFullStop() {
    double three = bounds("世世世", 1_000).getMaxX() + 1;
    assertThat(lines("世世世世", three)).isEqualTo(2);
    assertThat(bounds("世世世。", three).getMaxX()).isLessThanOrEqualTo(three * 2 / 3 + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "abc, ALIGNMENT_UNSPECIFIED, 0",
    "abc, ALIGNMENT_START, 0",
    "abc, ALIGNMENT_CENTER, 0.5",
    "abc, ALIGNMENT_END, 1",
    "אבג, ALIGNMENT_START, 1",
    "אבג, ALIGNMENT_CENTER, 0.5",
    "אבג, ALIGNMENT_END, 0",
    "'123 אבג abc', ALIGNMENT_START, 1",
    "'(abc) אבג', ALIGNMENT_START, 0",
    "سلام, ALIGNMENT_START, 1"
  })
  void startIsWhereReadingBegins(String text, Alignment alignment, double share) {
    Rectangle2D bounds = bounds(text, 500, alignment);
    double rest = 500 - bounds.getWidth();
    assertThat(bounds.getMinX()).isCloseTo(rest * share, within(4.0));
  }

  @Test
  void eachParagraphHasItsOwnDirection() {
    Path2D outline = TextOutline.of(text("abc\nאבג", "Noto Sans", SIZE).build(), 500);
    assertThat(outline.intersects(0, 0, 100, LINE)).isTrue();
    assertThat(outline.intersects(400, 0, 100, LINE)).isFalse();
    assertThat(outline.intersects(400, LINE, 100, LINE)).isTrue();
    assertThat(outline.intersects(0, LINE, 100, LINE)).isFalse();
  }

  @Test
  void lettersOfArabicAreJoined() {
    double apart = 0;
    for (String letter : List.of("ب", "ي", "ت")) apart += bounds(letter, 1_000).getWidth();
    assertThat(bounds("بيت", 1_000).getWidth()).isLessThan(apart * 0.8);
  }

  @Test
  void sizeScalesTheOutline() {
    Rectangle2D small = bounds("Aé", 1_000);
    Rectangle2D large =
        TextOutline.of(text("Aé", "Noto Sans", 100 * SIZE).build(), 100_000).getBounds2D();
    assertThat(large.getWidth() / small.getWidth()).isCloseTo(100, within(0.01));
  }

  @Test
  void controlsDrawNothingAndBreakNothing() {
    assertThat(bounds("a\u2029b\u0000\u001c\tc\r", 1_000).getMaxY())
        .isEqualTo(bounds("abc", 1_000).getMaxY());
    assertThat(TextOutline.of(text(" \n\t ", "Caveat", 9).build(), 9).getBounds2D().isEmpty())
        .isTrue();
  }

  static List<String> hostile() {
    return List.of(
        "a" + "\u0301".repeat(1_999),
        "\u0301".repeat(2_000),
        "W".repeat(2_000),
        "👨‍👩‍👧‍👦".repeat(285),
        "🇩".repeat(2_000),
        "\u202E\u2067".repeat(1_000),
        "ب\u200D".repeat(1_000),
        "क्".repeat(1_000),
        "\n".repeat(2_000),
        " ".repeat(1_999) + "x",
        "a ".repeat(1_000),
        "אa".repeat(1_000),
        "\uD800".repeat(2_000),
        "ﷺ".repeat(2_000));
  }

  /** The limit is there so that a text that takes for ever fails and does not hang. */
  @ParameterizedTest
  @MethodSource("hostile")
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void hostileTextsEnd(String text) {
    for (double width : new double[] {0.001, 200, 32_768}) {
      Rectangle2D bounds = bounds(text, width);
      assertThat(bounds.getMaxX()).isLessThan(1e6);
      assertThat(bounds.getMaxY()).isLessThanOrEqualTo(2_001 * LINE + 1e5);
    }
  }
}
