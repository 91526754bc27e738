// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import dev.corkboard.collage.v1.Ellipse;
import dev.corkboard.collage.v1.Line;
import dev.corkboard.collage.v1.Outline;
import dev.corkboard.collage.v1.Polygon;
import dev.corkboard.collage.v1.Rectangle;
import dev.corkboard.collage.v1.ShapeContent;
import dev.corkboard.collage.v1.ShapeContent.GeometryCase;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.JsonReader;
import java.io.IOException;
import java.util.Map;

/** Reads geometric shapes. */
final class ShapeReader {
  private static final Map<String, GeometryCase> GEOMETRIES =
      Map.of(
          "rectangle", GeometryCase.RECTANGLE,
          "ellipse", GeometryCase.ELLIPSE,
          "polygon", GeometryCase.POLYGON,
          "line", GeometryCase.LINE);

  private ShapeReader() {}

  static ShapeContent shape(JsonReader in) throws IOException {
    ShapeContent.Builder shape = ShapeContent.newBuilder();
    in.present(
        (name, value) -> {
          switch (name) {
            case "geometry" -> geometry(shape, value);
            case "fill" -> shape.setFill(PaintReader.fill(value));
            case "outline" -> shape.setOutline(outline(value));
            default -> {}
          }
        });
    return shape.build();
  }

  private static void geometry(ShapeContent.Builder shape, JsonReader in) throws IOException {
    switch (Params.choose(in.path() + ".type", in.type(), GEOMETRIES)) {
      case RECTANGLE -> shape.setRectangle(rectangle(in));
      case ELLIPSE -> shape.setEllipse(Ellipse.getDefaultInstance());
      case POLYGON -> shape.setPolygon(polygon(in));
      case LINE -> shape.setLine(line(in));
      case GEOMETRY_NOT_SET -> throw new IllegalStateException("not among the geometries");
    }
  }

  private static Rectangle rectangle(JsonReader in) throws IOException {
    Rectangle.Builder rectangle = Rectangle.newBuilder();
    in.present(
        (name, value) -> {
          if (name.equals("corner_radius")) rectangle.setCornerRadius(value.number());
        });
    return rectangle.build();
  }

  private static Polygon polygon(JsonReader in) throws IOException {
    Polygon.Builder polygon = Polygon.newBuilder();
    in.present(
        (name, value) -> {
          if (name.equals("points")) polygon.mergeFrom(PointReader.polygon(value));
        });
    return polygon.build();
  }

  private static Line line(JsonReader in) throws IOException {
    Line.Builder line = Line.newBuilder();
    in.present(
        (name, value) -> {
          switch (name) {
            case "from" -> line.setFrom(PointReader.point(value));
            case "to" -> line.setTo(PointReader.point(value));
            default -> {}
          }
        });
    return line.build();
  }

  private static Outline outline(JsonReader in) throws IOException {
    Outline.Builder outline = Outline.newBuilder();
    in.present(
        (name, value) -> {
          switch (name) {
            case "color" -> outline.setColor(value.string());
            case "width" -> outline.setWidth(value.number());
            default -> {}
          }
        });
    return outline.build();
  }
}
