// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import dev.corkboard.collage.v1.GradientStop;
import dev.corkboard.collage.v1.LinearGradient;
import dev.corkboard.collage.v1.Paint;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.JsonReader;
import java.io.IOException;
import java.util.Map;

/** Reads what surfaces are filled with. */
final class PaintReader {
  private static final int MAX_STOPS = 16;

  private static final Map<String, Kind> FILLS =
      Map.of("color", Kind.COLOR, "gradient", Kind.GRADIENT);
  private static final Map<String, Kind> BACKGROUNDS =
      Map.of("color", Kind.COLOR, "gradient", Kind.GRADIENT, "picture", Kind.PICTURE);

  private enum Kind {
    COLOR,
    GRADIENT,
    PICTURE
  }

  private PaintReader() {}

  static Paint fill(JsonReader in) throws IOException {
    return paint(in, FILLS);
  }

  /** A background that is no picture. */
  static Paint background(JsonReader in) throws IOException {
    return paint(in, BACKGROUNDS);
  }

  private static Paint paint(JsonReader in, Map<String, Kind> kinds) throws IOException {
    Kind kind = Params.choose(in.path() + ".type", in.type(), kinds);
    Paint.Builder paint = Paint.newBuilder();
    if (kind == Kind.GRADIENT) return paint.setGradient(gradient(in)).build();
    in.present(
        (name, value) -> {
          if (name.equals("color")) paint.setColor(value.string());
        });
    if (!paint.hasColor()) throw in.missing("color");
    return paint.build();
  }

  private static LinearGradient gradient(JsonReader in) throws IOException {
    LinearGradient.Builder gradient = LinearGradient.newBuilder();
    in.present(
        (name, value) -> {
          switch (name) {
            case "angle" -> gradient.setAngle(value.number());
            case "stops" -> value.elements(MAX_STOPS, stop -> gradient.addStops(stop(stop)));
            default -> {}
          }
        });
    return gradient.build();
  }

  private static GradientStop stop(JsonReader in) throws IOException {
    GradientStop.Builder stop = GradientStop.newBuilder();
    boolean[] placed = new boolean[1];
    in.present(
        (name, value) -> {
          switch (name) {
            case "offset" -> {
              stop.setOffset(value.number());
              placed[0] = true;
            }
            case "color" -> stop.setColor(value.string());
            default -> {}
          }
        });
    if (!placed[0]) throw in.missing("offset");
    return stop.build();
  }
}
