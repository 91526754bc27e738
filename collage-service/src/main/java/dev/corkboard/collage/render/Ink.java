// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import java.util.Arrays;

/** What pixels are coloured with. */
@FunctionalInterface
interface Ink {
  /** Writes the colours of {@code n} pixels of row {@code y}, from {@code x}, to {@code argb}. */
  void row(int x, int y, int[] argb, int n);

  static Ink solid(int color) {
    return (x, y, argb, n) -> Arrays.fill(argb, 0, n, color);
  }
}
