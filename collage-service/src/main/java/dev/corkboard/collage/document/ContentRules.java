// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Line;
import dev.corkboard.collage.v1.Outline;
import dev.corkboard.collage.v1.ShapeContent;
import dev.corkboard.collage.v1.StrokeContent;
import dev.corkboard.collage.v1.StrokePoint;
import dev.corkboard.collage.v1.TextContent;
import dev.corkboard.platform.check.Violations;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The limits of what layers show. */
public final class ContentRules {
  static final int MAX_TEXT = 2_000;
  static final double MAX_FONT_SIZE = 2_000;
  static final int MAX_STROKE_POINTS = 10_000;
  static final double MAX_LINE_WIDTH = 1_000;
  static final double MAX_CORNER_RADIUS = 16_384;

  private final Set<String> fontFamilies;

  /** Rules for an installation that has these families of fonts. */
  public ContentRules(Set<String> fontFamilies) {
    this.fontFamilies = new TreeSet<>(fontFamilies);
  }

  /**
   * Checks the content of a layer.
   *
   * @param before the layer as it was accepted before, or an empty one
   */
  void check(Checks checks, Layer layer, Layer before) {
    switch (layer.getContentCase()) {
      case IMAGE -> {
        Checks inner = checks.in("image");
        PictureRules.picture(
            inner, "picture", layer.getImage().hasPicture(), layer.getImage().getPicture());
        PictureRules.crop(inner, layer.getImage().hasCrop(), layer.getImage().getCrop());
      }
      case CUT_OUT ->
          PictureRules.cutOut(
              checks.in("cut_out"),
              layer.getCutOut(),
              before.getCutOut().hasPath()
                  && before.getCutOut().getPath().equals(layer.getCutOut().getPath()));
      case TEXT -> text(checks.in("text"), layer.getText());
      case STROKE -> stroke(checks.in("stroke"), layer.getStroke());
      case SHAPE -> shape(checks.in("shape"), layer.getShape());
      case CONTENT_NOT_SET -> checks.add("content", "needs image, cut_out, text, stroke or shape");
    }
  }

  private void text(Checks checks, TextContent text) {
    checks.text("text", text.getText(), 1, MAX_TEXT);
    if (!fontFamilies.contains(text.getFontFamily())) {
      checks.add(
          "font_family",
          "must be one of %s, got '%s'"
              .formatted(String.join(", ", fontFamilies), Violations.clip(text.getFontFamily())));
    }
    checks.size("font_size", text.getFontSize(), MAX_FONT_SIZE);
    int weight = text.getFontWeight();
    if (weight != 0 && (weight < 100 || weight > 900 || weight % 100 != 0)) {
      checks.add("font_weight", "must be 0 or 100 to 900 in steps of 100, got " + weight);
    }
    if (text.getAlignment() == TextContent.Alignment.UNRECOGNIZED) {
      checks.add("alignment", "has no value " + text.getAlignmentValue());
    }
    checks.color("color", text.getColor());
    if (text.hasLineHeight()) checks.range("line_height", text.getLineHeight(), 0.5, 5);
  }

  private static void stroke(Checks checks, StrokeContent stroke) {
    List<StrokePoint> points = stroke.getPointsList();
    checks.count("points", points.size(), 1, MAX_STROKE_POINTS);
    for (int i = 0; i < points.size(); i++) {
      StrokePoint point = points.get(i);
      double pressure = point.hasPressure() ? point.getPressure() : 1;
      if (!PaintRules.isNear(point.getX(), point.getY()) || !(pressure >= 0 && pressure <= 1)) {
        Checks inner = checks.in("points", i);
        inner.range("x", point.getX(), -PaintRules.MAX_COORDINATE, PaintRules.MAX_COORDINATE);
        inner.range("y", point.getY(), -PaintRules.MAX_COORDINATE, PaintRules.MAX_COORDINATE);
        inner.range("pressure", pressure, 0, 1);
        break;
      }
    }
    checks.color("color", stroke.getColor());
    checks.size("width", stroke.getWidth(), MAX_LINE_WIDTH);
  }

  private static void shape(Checks checks, ShapeContent shape) {
    switch (shape.getGeometryCase()) {
      case RECTANGLE ->
          checks
              .in("rectangle")
              .range("corner_radius", shape.getRectangle().getCornerRadius(), 0, MAX_CORNER_RADIUS);
      case ELLIPSE -> {}
      case POLYGON -> PaintRules.polygon(checks.in("polygon"), shape.getPolygon());
      case LINE -> line(checks.in("line"), shape.getLine());
      case GEOMETRY_NOT_SET -> checks.add("geometry", "needs rectangle, ellipse, polygon or line");
    }
    if (shape.hasFill()) PaintRules.paint(checks, "fill", shape.getFill());
    if (shape.hasOutline()) {
      Outline outline = shape.getOutline();
      checks.in("outline").color("color", outline.getColor());
      checks.in("outline").size("width", outline.getWidth(), MAX_LINE_WIDTH);
    } else if (shape.hasLine()) {
      checks.add("outline", "is required of a line");
    } else if (!shape.hasFill()) {
      checks.add("fill", "is required where there is no outline");
    }
  }

  private static void line(Checks checks, Line line) {
    if (!line.hasFrom()) checks.add("from", "is required");
    if (!line.hasTo()) checks.add("to", "is required");
    PaintRules.point(checks.in("from"), line.getFrom());
    PaintRules.point(checks.in("to"), line.getTo());
  }
}
