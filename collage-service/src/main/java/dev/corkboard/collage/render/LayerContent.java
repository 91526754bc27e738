// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.CutOutContent;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Paint;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.ShapeContent;
import dev.corkboard.collage.v1.ShapeContent.GeometryCase;
import java.awt.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is drawn into a box. */
@FunctionalInterface
interface LayerContent {
  /** Its fills as they are seen, bottom to top. */
  List<Fill> fills(View view) throws IOException;

  /** The content of a layer, seen at a scale; its picture is read now. */
  static LayerContent of(Layer layer, double scale, PictureSource pictures) throws IOException {
    Box box = Box.of(layer.getPlacement());
    return switch (layer.getContentCase()) {
      case IMAGE -> picture(PicturePart.of(layer.getImage()), box, scale, pictures);
      case CUT_OUT -> cutOut(layer.getCutOut(), box, scale, pictures);
      case TEXT ->
          solid(TextOutline.of(layer.getText(), box.width()), box, layer.getText().getColor());
      case STROKE ->
          solid(
              StrokeOutline.of(layer.getStroke(), box.width(), box.height()),
              box,
              layer.getStroke().getColor());
      case SHAPE -> shape(layer.getShape(), box);
      case CONTENT_NOT_SET -> view -> List.of();
    };
  }

  /** The background of a canvas. */
  static LayerContent of(Canvas canvas, double scale, PictureSource pictures) throws IOException {
    Box box = Box.of(canvas);
    return switch (canvas.getBackground().getBackgroundCase()) {
      case PAINT -> {
        Paint paint = canvas.getBackground().getPaint();
        yield view -> List.of(fill(box.rectangle(), box, ink(paint, box, view), view));
      }
      case PICTURE -> {
        Picture picture = canvas.getBackground().getPicture();
        yield picture(PicturePart.covering(picture, box), box, scale, pictures);
      }
      case BACKGROUND_NOT_SET -> view -> List.of();
    };
  }

  private static LayerContent picture(
      PicturePart part, Box box, double scale, PictureSource pictures) throws IOException {
    Bitmap bitmap = part.read(pictures, box.width() * scale, box.height() * scale);
    return view ->
        List.of(fill(box.rectangle(), box, bitmap.ink(box.toFractions(view.transform())), view));
  }

  private static LayerContent cutOut(
      CutOutContent cutOut, Box box, double scale, PictureSource pictures) throws IOException {
    Bitmap bitmap =
        PicturePart.of(cutOut).read(pictures, box.width() * scale, box.height() * scale);
    return view ->
        List.of(
            new Fill(
                Clip.coverage(cutOut, box, view, pictures),
                bitmap.ink(box.toFractions(view.transform()))));
  }

  private static LayerContent shape(ShapeContent shape, Box box) {
    Shape edge = ShapeOutline.of(shape, box.width(), box.height());
    return view -> {
      List<Fill> fills = new ArrayList<>();
      if (shape.hasFill() && shape.getGeometryCase() != GeometryCase.LINE) {
        fills.add(fill(edge, box, ink(shape.getFill(), box, view), view));
      }
      if (shape.hasOutline()) {
        Shape line = ShapeOutline.stroked(edge, shape.getOutline().getWidth());
        Ink ink = Ink.solid(Argb.parse(shape.getOutline().getColor()));
        fills.add(fill(line, box, ink, view));
      }
      return fills;
    };
  }

  private static LayerContent solid(Shape outline, Box box, String color) {
    Ink ink = Ink.solid(Argb.parse(color));
    return view -> List.of(fill(outline, box, ink, view));
  }

  private static Ink ink(Paint paint, Box box, View view) {
    if (paint.hasGradient()) {
      return new Gradient(paint.getGradient(), box.width(), box.height())
          .ink(box.fromDrawing(view.transform()));
    }
    return Ink.solid(Argb.parse(paint.getColor()));
  }

  private static Fill fill(Shape shape, Box box, Ink ink, View view) {
    Shape seen = box.toDrawing(view.transform()).createTransformedShape(shape);
    return new Fill(Coverage.of(seen, view.limit()), ink);
  }
}
