// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.v1.Background;
import dev.corkboard.collage.v1.Canvas;

/** The limits of a canvas. */
final class CanvasRules {
  static final int MAX_SIDE = 8_192;

  private CanvasRules() {}

  static void check(Checks checks, Canvas canvas) {
    checks.count("width", canvas.getWidth(), 1, MAX_SIDE);
    checks.count("height", canvas.getHeight(), 1, MAX_SIDE);
    if (!canvas.hasBackground()) return;
    Background background = canvas.getBackground();
    Checks inner = checks.in("background");
    switch (background.getBackgroundCase()) {
      case PAINT -> PaintRules.paint(inner, "paint", background.getPaint());
      case PICTURE -> PictureRules.picture(inner, "picture", true, background.getPicture());
      case BACKGROUND_NOT_SET -> checks.add("background", "needs paint or picture");
    }
  }
}
