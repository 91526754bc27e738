// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.document.PathData;
import dev.corkboard.collage.v1.CutOutContent;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;

/** What of a box a clip shows. */
final class Clip {
  private Clip() {}

  /**
   * The edge of a polygon or path in pixels of the canvas, from the corner of the box; even-odd.
   */
  static Path2D outline(CutOutContent cutOut, Box box) {
    if (cutOut.hasPolygon()) {
      return ShapeOutline.polygon(cutOut.getPolygon(), box.width(), box.height());
    }
    Path2D path = PathData.parse(cutOut.getPath().getD());
    path.transform(AffineTransform.getScaleInstance(box.width(), box.height()));
    return path;
  }

  /**
   * What is covered. The blur of its edge begins at the clip, not at the box, and ends at the box.
   */
  static Coverage coverage(CutOutContent cutOut, Box box, View view, PictureSource pictures)
      throws IOException {
    double sigma = cutOut.getFeather() * view.scale();
    View blurred = sigma == 0 ? view : view.wider(new GaussianBlur(sigma).reach());
    AffineTransform toDrawing = box.toDrawing(view.transform());
    Shape edge = toDrawing.createTransformedShape(box.rectangle());
    Coverage hard;
    if (cutOut.hasMask()) {
      hard = mask(cutOut, box, blurred, Coverage.of(edge, blurred.limit()), pictures);
      if (sigma == 0) return hard;
    } else {
      Shape outline = toDrawing.createTransformedShape(outline(cutOut, box));
      hard = Coverage.of(outline, blurred.limit());
      if (sigma == 0) return hard.within(Coverage.of(edge, view.limit()));
    }
    return hard.blurred(sigma, view.limit()).times(Coverage.of(edge, view.limit()));
  }

  private static Coverage mask(
      CutOutContent cutOut, Box box, View view, Coverage edge, PictureSource pictures)
      throws IOException {
    Bitmap bitmap =
        Bitmap.of(
            pictures.read(cutOut.getMask().getPicture().getImage()),
            box.width() * view.scale(),
            box.height() * view.scale());
    return edge.times(bitmap.ink(box.toFractions(view.transform())));
  }
}
