// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import dev.corkboard.collage.v1.Canvas;
import dev.corkboard.collage.v1.CutOutContent;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Outline;
import dev.corkboard.collage.v1.Paint;
import dev.corkboard.collage.v1.ShapeContent;
import dev.corkboard.collage.v1.ShapeContent.GeometryCase;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import javax.xml.stream.XMLStreamException;

/** Writes what lies in boxes, in pixels of the canvas from their upper left corner. */
final class SvgContent {
  private static final int FINE_STOPS = 16;

  private final SvgWriter svg;
  private final SvgPictures pictures;
  private int ids;

  SvgContent(SvgWriter svg, SvgPictures pictures) {
    this.svg = svg;
    this.pictures = pictures;
  }

  /** An id that no other element has. */
  String nextId() {
    return "d" + ++ids;
  }

  void background(Canvas canvas) throws IOException, XMLStreamException {
    Box box = Box.of(canvas);
    switch (canvas.getBackground().getBackgroundCase()) {
      case PAINT -> fill(box.rectangle(), canvas.getBackground().getPaint(), box);
      case PICTURE -> picture(PicturePart.covering(canvas.getBackground().getPicture(), box), box);
      case BACKGROUND_NOT_SET -> {}
    }
  }

  void write(Layer layer, Box box) throws IOException, XMLStreamException {
    switch (layer.getContentCase()) {
      case IMAGE -> picture(PicturePart.of(layer.getImage()), box);
      case CUT_OUT -> cutOut(layer.getCutOut(), box);
      case TEXT -> path(outline(layer, box), Argb.parse(layer.getText().getColor()));
      case STROKE -> path(outline(layer, box), Argb.parse(layer.getStroke().getColor()));
      case SHAPE -> shape(layer.getShape(), box);
      case CONTENT_NOT_SET -> {}
    }
  }

  private static Shape outline(Layer layer, Box box) {
    return switch (layer.getContentCase()) {
      case TEXT -> TextOutline.of(layer.getText(), box.width());
      case STROKE -> StrokeOutline.of(layer.getStroke(), box.width(), box.height());
      case SHAPE -> ShapeOutline.of(layer.getShape(), box.width(), box.height());
      default -> box.rectangle();
    };
  }

  /** A rectangle around all that a layer draws. */
  static Rectangle2D extent(Layer layer, Box box) {
    Shape outline = outline(layer, box);
    if (layer.hasShape() && layer.getShape().hasOutline()) {
      Shape line = ShapeOutline.stroked(outline, layer.getShape().getOutline().getWidth());
      return line.getBounds2D().createUnion(outline.getBounds2D());
    }
    return outline.getBounds2D();
  }

  private void path(Shape outline, int color) throws XMLStreamException {
    svg.open("path").with("d", SvgPath.of(outline)).color("fill", "fill-opacity", color).close();
  }

  private void shape(ShapeContent shape, Box box) throws XMLStreamException {
    Shape edge = ShapeOutline.of(shape, box.width(), box.height());
    if (shape.hasFill() && shape.getGeometryCase() != GeometryCase.LINE) {
      fill(edge, shape.getFill(), box);
    }
    if (shape.hasOutline()) {
      Outline outline = shape.getOutline();
      svg.open("path")
          .with("d", SvgPath.of(edge))
          .with("fill", "none")
          .color("stroke", "stroke-opacity", Argb.parse(outline.getColor()))
          .with("stroke-width", outline.getWidth())
          .with("stroke-miterlimit", ShapeOutline.MITER_LIMIT)
          .close();
    }
  }

  private void fill(Shape edge, Paint paint, Box box) throws XMLStreamException {
    String gradient = paint.hasGradient() ? gradient(paint, box) : null;
    svg.open("path").with("d", SvgPath.of(edge)).with("fill-rule", "evenodd");
    if (gradient != null) svg.reference("fill", gradient);
    else svg.color("fill", "fill-opacity", Argb.parse(paint.getColor()));
    svg.close();
  }

  private String gradient(Paint paint, Box box) throws XMLStreamException {
    Gradient gradient = new Gradient(paint.getGradient(), box.width(), box.height());
    String id = nextId();
    svg.open("linearGradient")
        .with("id", id)
        .with("gradientUnits", "userSpaceOnUse")
        .with("x1", gradient.x0())
        .with("y1", gradient.y0())
        .with("x2", gradient.x1())
        .with("y2", gradient.y1());
    for (Gradient.Stop stop : gradient.stops(FINE_STOPS)) {
      svg.open("stop")
          .with("offset", stop.offset())
          .color("stop-color", "stop-opacity", stop.color())
          .close();
    }
    svg.close();
    return id;
  }

  private void picture(PicturePart part, Box box) throws IOException, XMLStreamException {
    pictures.write(svg, part, box);
  }

  private void cutOut(CutOutContent cutOut, Box box) throws IOException, XMLStreamException {
    String id = nextId();
    boolean soft = cutOut.getFeather() > 0 || cutOut.hasMask();
    if (soft) mask(id, cutOut, box);
    else clipPath(id, cutOut, box);
    svg.open("g").reference(soft ? "mask" : "clip-path", id);
    picture(PicturePart.of(cutOut), box);
    svg.close();
  }

  private void clipPath(String id, CutOutContent cutOut, Box box) throws XMLStreamException {
    svg.open("clipPath")
        .with("id", id)
        .open("path")
        .with("d", SvgPath.of(Clip.outline(cutOut, box)))
        .with("clip-rule", "evenodd")
        .close()
        .close();
  }

  private void mask(String id, CutOutContent cutOut, Box box)
      throws IOException, XMLStreamException {
    String blur = cutOut.getFeather() > 0 ? blur(cutOut, box) : null;
    svg.open("mask")
        .with("id", id)
        .with("maskUnits", "userSpaceOnUse")
        .with(0, 0, box.width(), box.height())
        .open("g");
    if (blur != null) svg.reference("filter", blur);
    if (cutOut.hasMask()) {
      pictures.writeMask(svg, cutOut.getMask().getPicture(), box);
    } else {
      svg.open("path")
          .with("d", SvgPath.of(Clip.outline(cutOut, box)))
          .with("fill", "#ffffff")
          .with("fill-rule", "evenodd")
          .close();
    }
    svg.close().close();
  }

  private String blur(CutOutContent cutOut, Box box) throws XMLStreamException {
    String id = nextId();
    double margin = 3 * cutOut.getFeather() + 4;
    svg.open("filter")
        .with("id", id)
        .with("filterUnits", "userSpaceOnUse")
        .with(-margin, -margin, box.width() + 2 * margin, box.height() + 2 * margin)
        .with("color-interpolation-filters", "sRGB")
        .open("feGaussianBlur")
        .with("stdDeviation", cutOut.getFeather())
        .close()
        .close();
    return id;
  }
}
