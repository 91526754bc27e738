// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.corkboard.collage.v1.GradientStop;
import dev.corkboard.collage.v1.LinearGradient;
import dev.corkboard.collage.v1.Paint;
import dev.corkboard.edge.json.Json;
import java.io.IOException;

/** Writes what surfaces are filled with. */
final class PaintJson {
  private PaintJson() {}

  static void write(JsonGenerator json, String name, Paint paint) throws IOException {
    json.writeObjectFieldStart(name);
    if (paint.hasGradient()) {
      gradient(json, paint.getGradient());
    } else {
      json.writeStringField("type", "color");
      json.writeStringField("color", paint.getColor());
    }
    json.writeEndObject();
  }

  private static void gradient(JsonGenerator json, LinearGradient gradient) throws IOException {
    json.writeStringField("type", "gradient");
    Json.number(json, "angle", gradient.getAngle());
    json.writeArrayFieldStart("stops");
    for (GradientStop stop : gradient.getStopsList()) {
      json.writeStartObject();
      Json.number(json, "offset", stop.getOffset());
      json.writeStringField("color", stop.getColor());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
