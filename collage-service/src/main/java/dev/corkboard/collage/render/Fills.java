// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.render.Coverage.Span;
import dev.corkboard.collage.v1.BlendMode;
import java.awt.Rectangle;
import java.util.Arrays;
import java.util.List;

/** Fills that lie on each other, as one picture; made row by row, so it takes no memory. */
final class Fills {
  private final List<Fill> fills;
  private final int[] line;

  /** Bottom to top; at most {@code width} pixels are asked for at once. */
  Fills(List<Fill> fills, int width) {
    this.fills = fills.stream().filter(fill -> !fill.coverage().isEmpty()).toList();
    this.line = new int[width];
  }

  /** The pixels that may be coloured. */
  Rectangle bounds() {
    return fills.stream()
        .map(fill -> fill.coverage().bounds())
        .reduce(Rectangle::union)
        .orElseGet(Rectangle::new);
  }

  /** Writes the colours of {@code n} pixels of row {@code y}, from {@code x}, to {@code argb}. */
  void row(int x, int y, int[] argb, int n) {
    Arrays.fill(argb, 0, n, 0);
    for (Fill fill : fills) {
      Span span = fill.coverage().span(y);
      int begin = Math.max(x, span.begin());
      int length = Math.min(x + n, span.end()) - begin;
      if (length <= 0) continue;
      fill.ink().row(begin, y, line, length);
      fill.coverage().cover(begin, y, line, length);
      Blending.over(argb, begin - x, line, length, BlendMode.BLEND_MODE_NORMAL, 1);
    }
  }
}
