// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import java.awt.geom.Path2D;
import java.nio.charset.StandardCharsets;

/** Path data of shapes and crops: read within its limits, or refused. */
public final class PathDataFuzz {
  private PathDataFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      Path2D path = PathData.parse(new String(bytes, StandardCharsets.UTF_8));
      var bounds = path.getBounds2D();
      double farthest =
          Math.max(
              Math.max(-bounds.getMinX(), -bounds.getMinY()),
              Math.max(bounds.getMaxX(), bounds.getMaxY()));
      if (!(farthest <= PathData.MAX_COORDINATE)) throw new AssertionError("reaches " + farthest);
    } catch (IllegalArgumentException refused) {
      if (refused.getMessage().length() > 200) {
        throw new AssertionError("an error that echoes too much", refused);
      }
    }
  }
}
