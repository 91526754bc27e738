// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.document;

import static dev.corkboard.collage.document.Documents.EMPTY;
import static dev.corkboard.collage.document.Documents.RULES;
import static dev.corkboard.collage.document.Documents.change;
import static dev.corkboard.collage.document.Documents.cutOut;
import static dev.corkboard.collage.document.Documents.image;
import static dev.corkboard.collage.document.Documents.picture;
import static dev.corkboard.collage.document.Documents.shape;
import static dev.corkboard.collage.document.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corkboard.collage.v1.Crop;
import dev.corkboard.collage.v1.CutOutContent;
import dev.corkboard.collage.v1.DropShadow;
import dev.corkboard.collage.v1.GradientStop;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Line;
import dev.corkboard.collage.v1.LinearGradient;
import dev.corkboard.collage.v1.Mask;
import dev.corkboard.collage.v1.Outline;
import dev.corkboard.collage.v1.Paint;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.Point;
import dev.corkboard.collage.v1.Polygon;
import dev.corkboard.collage.v1.Rectangle;
import dev.corkboard.collage.v1.ShapeContent;
import dev.corkboard.collage.v1.StrokeContent;
import dev.corkboard.collage.v1.StrokePoint;
import dev.corkboard.platform.error.ApiException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerRulesTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private static void accept(Layer layer) {
    assertThatCode(() -> RULES.require("document", EMPTY.toBuilder().addLayers(layer).build()))
        .doesNotThrowAnyException();
  }

  private static List<String> fields(Layer layer) {
    ApiException refused =
        catchThrowableOfType(
            ApiException.class,
            () -> RULES.require("document", EMPTY.toBuilder().addLayers(layer).build()));
    return refused.violations().stream()
        .map(violation -> violation.field().replace("document.layers[0].", ""))
        .toList();
  }

  private static void refuse(Layer base, String field, Consumer<Layer.Builder> change) {
    accept(base);
    assertThat(fields(change(base, change))).containsExactly(field);
  }

  private static Arguments of(Layer base, String field, Consumer<Layer.Builder> change) {
    return Arguments.of(field, base, change);
  }

  static Stream<Arguments> brokenLayers() {
    Layer shape = shape("a");
    return Stream.of(
        of(shape, "id", l -> l.setId("")),
        of(shape, "id", l -> l.setId("a b")),
        of(shape, "id", l -> l.setId("x".repeat(65))),
        of(shape, "name", l -> l.setName("n".repeat(101))),
        of(shape, "name", l -> l.setName("\u0007")),
        of(shape, "placement", Layer.Builder::clearPlacement),
        of(shape, "placement.center_x", l -> l.getPlacementBuilder().setCenterX(NAN)),
        of(shape, "placement.center_x", l -> l.getPlacementBuilder().setCenterX(100_001)),
        of(shape, "placement.center_y", l -> l.getPlacementBuilder().setCenterY(-100_001)),
        of(shape, "placement.center_y", l -> l.getPlacementBuilder().setCenterY(-INFINITE)),
        of(shape, "placement.width", l -> l.getPlacementBuilder().setWidth(0)),
        of(shape, "placement.width", l -> l.getPlacementBuilder().setWidth(Double.MIN_VALUE)),
        of(shape, "placement.width", l -> l.getPlacementBuilder().setWidth(32_769)),
        of(shape, "placement.width", l -> l.getPlacementBuilder().setWidth(INFINITE)),
        of(shape, "placement.height", l -> l.getPlacementBuilder().setHeight(-1)),
        of(shape, "placement.height", l -> l.getPlacementBuilder().setHeight(NAN)),
        of(shape, "placement.rotation", l -> l.getPlacementBuilder().setRotation(360.5)),
        of(shape, "opacity", l -> l.setOpacity(1.01)),
        of(shape, "opacity", l -> l.setOpacity(NAN)),
        of(shape, "blend_mode", l -> l.setBlendModeValue(7)),
        of(shape, "group_id", l -> l.setGroupId("nowhere")),
        of(shape, "drop_shadow.color", l -> l.setDropShadow(DropShadow.getDefaultInstance())),
        of(shape, "drop_shadow.offset_x", l -> l.setDropShadow(shadow().setOffsetX(1_001))),
        of(shape, "drop_shadow.offset_y", l -> l.setDropShadow(shadow().setOffsetY(NAN))),
        of(shape, "drop_shadow.blur", l -> l.setDropShadow(shadow().setBlur(-1))),
        of(shape, "drop_shadow.blur", l -> l.setDropShadow(shadow().setBlur(101))),
        of(shape, "order_key", l -> l.setOrderKey("a0")),
        of(shape, "order_key", l -> l.setOrderKey("a!")),
        of(shape, "content", Layer.Builder::clearContent));
  }

  private static DropShadow.Builder shadow() {
    return DropShadow.newBuilder().setColor("#00000080");
  }

  static Stream<Arguments> brokenPictures() {
    Layer image = image("a", "key");
    Layer cutOut = cutOut("a", "key");
    return Stream.of(
        of(image, "image.picture", l -> l.getImageBuilder().clearPicture()),
        of(image, "image.crop.x", l -> l.getImageBuilder().setCrop(crop(1, 0, 0.1, 0.1))),
        of(image, "image.crop.y", l -> l.getImageBuilder().setCrop(crop(0, -0.1, 0.1, 0.1))),
        of(image, "image.crop.y", l -> l.getImageBuilder().setCrop(crop(0, NAN, 0.1, 0.1))),
        of(image, "image.crop.width", l -> l.getImageBuilder().setCrop(crop(0, 0, 0, 0.1))),
        of(image, "image.crop.width", l -> l.getImageBuilder().setCrop(crop(0.5, 0, 0.51, 1))),
        of(image, "image.crop.height", l -> l.getImageBuilder().setCrop(crop(0, 0, 1, 1.1))),
        of(cutOut, "cut_out.picture", l -> l.getCutOutBuilder().clearPicture()),
        of(cutOut, "cut_out.crop.x", l -> l.getCutOutBuilder().setCrop(crop(2, 0, 0.1, 0.1))),
        of(cutOut, "cut_out.feather", l -> l.getCutOutBuilder().setFeather(100.5)),
        of(cutOut, "cut_out.clip", l -> l.getCutOutBuilder().clearClip()),
        of(cutOut, "cut_out.path.d", l -> l.getCutOutBuilder().getPathBuilder().setD("M0 0 L")),
        of(cutOut, "cut_out.polygon.points", l -> l.getCutOutBuilder().setPolygon(polygon(2))),
        of(cutOut, "cut_out.polygon.points", l -> l.getCutOutBuilder().setPolygon(polygon(2_001))),
        of(
            cutOut,
            "cut_out.polygon.points[1].x",
            l -> l.getCutOutBuilder().getPolygonBuilder().addAllPoints(cornersWith(10.5))),
        of(
            cutOut,
            "cut_out.mask.picture",
            l -> l.getCutOutBuilder().setMask(mask("image/jpeg", 9))),
        of(
            cutOut,
            "cut_out.mask.picture",
            l -> l.getCutOutBuilder().setMask(mask("image/png", 101))),
        of(
            cutOut,
            "cut_out.mask.picture",
            l -> l.getCutOutBuilder().setMask(Mask.getDefaultInstance())));
  }

  private static Crop crop(double x, double y, double width, double height) {
    return Crop.newBuilder().setX(x).setY(y).setWidth(width).setHeight(height).build();
  }

  private static Polygon polygon(int corners) {
    return Polygon.newBuilder()
        .addAllPoints(
            Stream.generate(() -> Point.newBuilder().setX(0.5).build()).limit(corners).toList())
        .build();
  }

  private static List<Point> cornersWith(double x) {
    return List.of(
        Point.getDefaultInstance(),
        Point.newBuilder().setX(x).build(),
        Point.newBuilder().setX(NAN).build());
  }

  private static Mask mask(String type, int width) {
    Picture.Builder picture = picture("mask").toBuilder();
    picture.getImageBuilder().setContentType(type).setWidth(width);
    return Mask.newBuilder().setPicture(picture).build();
  }

  static Stream<Arguments> brokenWordsAndLines() {
    Layer text = text("a", "words");
    Layer stroke = change(text, l -> l.setStroke(stroke(1)));
    return Stream.of(
        of(text, "text.text", l -> l.getTextBuilder().setText("")),
        of(text, "text.text", l -> l.getTextBuilder().setText("\uD83D\uDE00".repeat(2_001))),
        of(text, "text.text", l -> l.getTextBuilder().setText("a\tb")),
        of(text, "text.text", l -> l.getTextBuilder().setText("a\r\nb")),
        of(text, "text.text", l -> l.getTextBuilder().setText("a\u0000")),
        of(text, "text.text", l -> l.getTextBuilder().setText("a\u0085")),
        of(text, "text.font_family", l -> l.getTextBuilder().setFontFamily("Comic Sans")),
        of(text, "text.font_size", l -> l.getTextBuilder().setFontSize(0)),
        of(text, "text.font_size", l -> l.getTextBuilder().setFontSize(2_001)),
        of(text, "text.font_weight", l -> l.getTextBuilder().setFontWeight(450)),
        of(text, "text.font_weight", l -> l.getTextBuilder().setFontWeight(1_000)),
        of(text, "text.font_weight", l -> l.getTextBuilder().setFontWeight(-100)),
        of(text, "text.alignment", l -> l.getTextBuilder().setAlignmentValue(9)),
        of(text, "text.color", l -> l.getTextBuilder().setColor("red")),
        of(text, "text.line_height", l -> l.getTextBuilder().setLineHeight(0.4)),
        of(text, "text.line_height", l -> l.getTextBuilder().setLineHeight(NAN)),
        of(stroke, "stroke.points", l -> l.setStroke(stroke(0))),
        of(stroke, "stroke.points", l -> l.setStroke(stroke(10_001))),
        of(stroke, "stroke.points[0].y", l -> l.setStroke(stroke(p -> p.setY(-10.5)))),
        of(stroke, "stroke.points[0].pressure", l -> l.setStroke(stroke(p -> p.setPressure(2)))),
        of(stroke, "stroke.points[0].pressure", l -> l.setStroke(stroke(p -> p.setPressure(NAN)))),
        of(stroke, "stroke.color", l -> l.getStrokeBuilder().setColor("#12345")),
        of(stroke, "stroke.width", l -> l.getStrokeBuilder().setWidth(1_001)));
  }

  private static StrokeContent stroke(int points) {
    return StrokeContent.newBuilder()
        .addAllPoints(Stream.generate(StrokePoint::getDefaultInstance).limit(points).toList())
        .setColor("#ABCDEF")
        .setWidth(3)
        .build();
  }

  private static StrokeContent stroke(Consumer<StrokePoint.Builder> point) {
    StrokeContent.Builder stroke = stroke(1).toBuilder();
    point.accept(stroke.getPointsBuilder(0));
    return stroke.build();
  }

  static Stream<Arguments> brokenShapes() {
    Layer shape = shape("a");
    return Stream.of(
        of(shape, "shape.geometry", l -> l.getShapeBuilder().clearGeometry()),
        of(shape, "shape.fill", l -> l.getShapeBuilder().clearFill()),
        of(shape, "shape.fill", l -> l.getShapeBuilder().setFill(Paint.getDefaultInstance())),
        of(shape, "shape.fill.color", l -> l.getShapeBuilder().getFillBuilder().setColor("#12")),
        of(
            shape,
            "shape.rectangle.corner_radius",
            l -> l.getShapeBuilder().setRectangle(Rectangle.newBuilder().setCornerRadius(16_385))),
        of(shape, "shape.polygon.points", l -> l.getShapeBuilder().setPolygon(polygon(2))),
        of(shape, "shape.outline", l -> l.getShapeBuilder().setLine(line(1))),
        of(
            shape,
            "shape.line.to.x",
            l -> l.getShapeBuilder().setLine(line(11)).setOutline(outline(1))),
        of(
            shape,
            "shape.line.from",
            l ->
                l.getShapeBuilder()
                    .setLine(line(1).toBuilder().clearFrom())
                    .setOutline(outline(1))),
        of(shape, "shape.outline.width", l -> l.getShapeBuilder().setOutline(outline(0))),
        of(shape, "shape.fill.gradient.angle", l -> gradient(l, 361, 0, 1)),
        of(shape, "shape.fill.gradient.stops", l -> gradient(l, 0, 0)),
        of(shape, "shape.fill.gradient.stops", l -> gradient(l, 0, new double[17])),
        of(shape, "shape.fill.gradient.stops[1].offset", l -> gradient(l, 0, 0.5, 0.4)),
        of(shape, "shape.fill.gradient.stops[1].offset", l -> gradient(l, 0, 0, 1.5)),
        of(shape, "shape.fill.gradient.stops[0].offset", l -> gradient(l, 0, NAN, 1)));
  }

  private static Line line(double x) {
    return Line.newBuilder()
        .setFrom(Point.getDefaultInstance())
        .setTo(Point.newBuilder().setX(x))
        .build();
  }

  private static Outline outline(double width) {
    return Outline.newBuilder().setColor("#ffffff").setWidth(width).build();
  }

  private static void gradient(Layer.Builder layer, double angle, double... offsets) {
    LinearGradient.Builder gradient = LinearGradient.newBuilder().setAngle(angle);
    for (double offset : offsets) {
      gradient.addStops(GradientStop.newBuilder().setOffset(offset).setColor("#000000"));
    }
    layer.getShapeBuilder().getFillBuilder().setGradient(gradient);
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource({"brokenLayers", "brokenPictures", "brokenWordsAndLines", "brokenShapes"})
  void saysWhichFieldIsWrong(String field, Layer base, Consumer<Layer.Builder> change) {
    refuse(base, field, change);
  }

  @Test
  void acceptsWhatIsJustAllowed() {
    accept(change(shape("A-z_9"), l -> l.setName("n".repeat(100)).setOpacity(0)));
    accept(change(shape("a"), l -> l.getPlacementBuilder().setWidth(1e-6).setHeight(32_768)));
    accept(change(shape("a"), l -> l.getPlacementBuilder().setRotation(-360).setCenterX(1e5)));
    accept(change(shape("a"), l -> l.getShapeBuilder().setRectangle(Rectangle.newBuilder())));
    accept(change(shape("a"), l -> gradient(l, -360, new double[16])));
    accept(change(image("a", "k"), l -> l.getImageBuilder().setCrop(crop(0.25, 0, 0.75, 1))));
    accept(change(cutOut("a", "k"), l -> l.getCutOutBuilder().setPolygon(polygon(2_000))));
    accept(change(cutOut("a", "k"), l -> l.getCutOutBuilder().setMask(mask("image/png", 100))));
    accept(change(shape("a"), l -> l.setStroke(stroke(10_000))));
    accept(text("a", "\uD83D\uDE00".repeat(2_000)));
    accept(change(text("a", "a\nb"), l -> l.getTextBuilder().setFontWeight(900).setLineHeight(5)));
    accept(change(shape("a"), l -> l.getShapeBuilder().setLine(line(1)).setOutline(outline(1))));
  }

  @Test
  void aPolygonMayCrossItself() {
    CutOutContent.Builder star = cutOut("a", "k").getCutOut().toBuilder();
    for (int i = 0; i < 5; i++) {
      star.getPolygonBuilder()
          .addPoints(Point.newBuilder().setX(Math.cos(2.513 * i)).setY(Math.sin(2.513 * i)));
    }
    accept(change(cutOut("a", "k"), l -> l.setCutOut(star)));
  }

  @Test
  void saysSeveralThingsAtOnceAndWhatWasExpected() {
    Layer broken =
        change(
            shape("a"), l -> l.setOpacity(2).getPlacementBuilder().setWidth(NAN).setRotation(720));
    ApiException refused =
        catchThrowableOfType(
            ApiException.class,
            () -> RULES.require("document", EMPTY.toBuilder().addLayers(broken).build()));
    assertThat(refused.violations())
        .extracting(ApiException.Violation::description)
        .containsExactly(
            "must be above 0 (at least 0.000001) and at most 32,768, got NaN",
            "must be from -360 to 360, got 720.0",
            "must be from 0 to 1, got 2.0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPictureThatIsNotResolvedIsADefect(boolean sourceLeft) {
    Picture.Builder picture = Picture.newBuilder().setAssetKey("uploaded");
    if (sourceLeft) picture.setImage(picture("own").getImage());
    Layer layer = change(image("a", "k"), l -> l.getImageBuilder().setPicture(picture));
    assertThatThrownBy(() -> RULES.require("document", EMPTY.toBuilder().addLayers(layer).build()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shapesNeedAnOutlineOrAFill() {
    ShapeContent.Builder outlined =
        shape("a").getShape().toBuilder().clearFill().setOutline(outline(1_000));
    accept(change(shape("a"), l -> l.setShape(outlined)));
  }
}
