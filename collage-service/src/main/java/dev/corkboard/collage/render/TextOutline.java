// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.TextContent;
import dev.corkboard.collage.v1.TextContent.Alignment;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.awt.font.TextMeasurer;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.text.AttributedString;
import java.util.regex.Pattern;

/**
 * Words as the outline of their letters: wrapped where Unicode lets lines break, a word wider than
 * the box between grapheme clusters; unhinted, so that it is the same at every scale.
 */
final class TextOutline {
  private static final double LINE_HEIGHT = 1.2;
  private static final FontRenderContext UNHINTED = new FontRenderContext(null, true, true);

  /** Controls draw nothing, and some would end a paragraph of the bidirectional algorithm. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

  private final TextContent content;
  private final float width;
  private final double lineHeight;
  private final double firstBaseline;
  private final Path2D outline = new Path2D.Float(Path2D.WIND_NON_ZERO);
  private int lines;

  private TextOutline(TextContent content, double width) {
    this.content = content;
    this.width = (float) (width * BundledFamily.EM / content.getFontSize());
    this.lineHeight =
        (content.hasLineHeight() ? content.getLineHeight() : LINE_HEIGHT) * BundledFamily.EM;
    Font font = Fonts.font(content.getFontFamily(), content.getFontWeight());
    LineMetrics metrics = font.getLineMetrics("x", UNHINTED);
    this.firstBaseline = (lineHeight + metrics.getAscent() - metrics.getDescent()) / 2;
  }

  /** In pixels of the canvas from the upper left corner of a box of a width; nonzero winding. */
  static Path2D of(TextContent content, double width) {
    TextOutline text = new TextOutline(content, width);
    for (String paragraph : content.getText().split("\n", -1)) {
      text.paragraph(CONTROL.matcher(paragraph).replaceAll(" "));
    }
    double scale = content.getFontSize() / BundledFamily.EM;
    text.outline.transform(AffineTransform.getScaleInstance(scale, scale));
    return text.outline;
  }

  private void paragraph(String text) {
    if (text.isBlank()) {
      lines++;
      return;
    }
    boolean rightToLeft = ReadingDirection.isRightToLeft(text);
    AttributedString styled = new AttributedString(text);
    styled.addAttribute(TextAttribute.RUN_DIRECTION, rightToLeft);
    for (FontRun run : Fonts.runs(text, content.getFontFamily(), content.getFontWeight())) {
      styled.addAttribute(TextAttribute.FONT, run.font(), run.begin(), run.end());
    }
    TextMeasurer measurer = new TextMeasurer(styled.getIterator(), UNHINTED);
    LineBreaks breaks = new LineBreaks(text);
    for (int begin = 0; begin < text.length(); ) {
      int fitting = measurer.getLineBreakIndex(begin, width);
      int end = breaks.endOfLine(begin, fitting);
      int visible = breaks.withoutTrailingSpace(begin, end);
      if (visible > begin) line(measurer.getLayout(begin, visible), rightToLeft);
      lines++;
      begin = end;
    }
  }

  private void line(TextLayout layout, boolean rightToLeft) {
    double rest = width - layout.getAdvance();
    Alignment alignment = content.getAlignment();
    double x;
    if (alignment == Alignment.ALIGNMENT_CENTER) {
      x = rest / 2;
    } else {
      x = (alignment == Alignment.ALIGNMENT_END) == rightToLeft ? 0 : rest;
    }
    double baseline = firstBaseline + lines * lineHeight;
    outline.append(layout.getOutline(AffineTransform.getTranslateInstance(x, baseline)), false);
  }
}
