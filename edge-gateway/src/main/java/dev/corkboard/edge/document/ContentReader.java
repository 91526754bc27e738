// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import dev.corkboard.collage.v1.CutOutContent;
import dev.corkboard.collage.v1.ImageContent;
import dev.corkboard.collage.v1.Layer;
import dev.corkboard.collage.v1.Mask;
import dev.corkboard.collage.v1.Path;
import dev.corkboard.collage.v1.StrokeContent;
import dev.corkboard.collage.v1.TextContent;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.JsonReader;
import java.io.IOException;
import java.util.Map;

/** Reads what layers show: which properties count depends on the type. */
final class ContentReader {
  private static final int MAX_STROKE = 10_000;

  private static final Map<String, Layer.ContentCase> CONTENTS =
      Map.of(
          "image", Layer.ContentCase.IMAGE,
          "cut_out", Layer.ContentCase.CUT_OUT,
          "text", Layer.ContentCase.TEXT,
          "stroke", Layer.ContentCase.STROKE,
          "shape", Layer.ContentCase.SHAPE);

  private static final Map<String, CutOutContent.ClipCase> CLIPS =
      Map.of(
          "polygon", CutOutContent.ClipCase.POLYGON,
          "path", CutOutContent.ClipCase.PATH,
          "mask", CutOutContent.ClipCase.MASK);

  private ContentReader() {}

  static void read(Layer.Builder layer, JsonReader in) throws IOException {
    switch (Params.choose(in.path() + ".type", in.type(), CONTENTS)) {
      case IMAGE -> layer.setImage(image(in));
      case CUT_OUT -> layer.setCutOut(cutOut(in));
      case TEXT -> layer.setText(text(in));
      case STROKE -> layer.setStroke(stroke(in));
      case SHAPE -> layer.setShape(ShapeReader.shape(in));
      case CONTENT_NOT_SET -> throw new IllegalStateException("not among the contents");
    }
  }

  private static ImageContent image(JsonReader in) throws IOException {
    ImageContent.Builder image = ImageContent.newBuilder();
    in.present(
        (name, value) -> {
          switch (name) {
            case "picture" -> image.setPicture(PictureReader.picture(value));
            case "crop" -> image.setCrop(PictureReader.crop(value));
            default -> {}
          }
        });
    return image.build();
  }

  private static CutOutContent cutOut(JsonReader in) throws IOException {
    CutOutContent.Builder cutOut = CutOutContent.newBuilder();
    in.present(
        (name, value) -> {
          switch (name) {
            case "picture" -> cutOut.setPicture(PictureReader.picture(value));
            case "crop" -> cutOut.setCrop(PictureReader.crop(value));
            case "clip" -> clip(cutOut, value);
            case "feather" -> cutOut.setFeather(value.number());
            default -> {}
          }
        });
    return cutOut.build();
  }

  private static void clip(CutOutContent.Builder cutOut, JsonReader in) throws IOException {
    CutOutContent.ClipCase kind = Params.choose(in.path() + ".type", in.type(), CLIPS);
    Mask.Builder mask = Mask.newBuilder();
    Path.Builder path = Path.newBuilder();
    in.present(
        (name, value) -> {
          if (kind == CutOutContent.ClipCase.POLYGON && name.equals("points")) {
            cutOut.setPolygon(PointReader.polygon(value));
          }
          if (kind == CutOutContent.ClipCase.PATH && name.equals("d")) path.setD(value.string());
          if (kind == CutOutContent.ClipCase.MASK && name.equals("picture")) {
            mask.setPicture(PictureReader.picture(value));
          }
        });
    switch (kind) {
      case POLYGON -> {
        if (!cutOut.hasPolygon()) throw in.missing("points");
      }
      case PATH -> cutOut.setPath(path);
      case MASK -> cutOut.setMask(mask);
      case CLIP_NOT_SET -> throw new IllegalStateException("not among the clips");
    }
  }

  private static TextContent text(JsonReader in) throws IOException {
    TextContent.Builder text = TextContent.newBuilder();
    in.present(
        (name, value) -> {
          switch (name) {
            case "text" -> text.setText(value.string());
            case "font_family" -> text.setFontFamily(value.string());
            case "font_size" -> text.setFontSize(value.number());
            case "font_weight" -> text.setFontWeight(value.index());
            case "alignment" ->
                text.setAlignment(
                    Params.choose(value.path(), value.string(), DocumentNames.ALIGNMENTS.values()));
            case "color" -> text.setColor(value.string());
            case "line_height" -> text.setLineHeight(value.number());
            default -> {}
          }
        });
    return text.build();
  }

  private static StrokeContent stroke(JsonReader in) throws IOException {
    StrokeContent.Builder stroke = StrokeContent.newBuilder();
    PointReader points = new PointReader();
    in.present(
        (name, value) -> {
          switch (name) {
            case "points" ->
                value.elements(MAX_STROKE, point -> stroke.addPoints(points.nextOfStroke(point)));
            case "color" -> stroke.setColor(value.string());
            case "width" -> stroke.setWidth(value.number());
            default -> {}
          }
        });
    return stroke.build();
  }
}
