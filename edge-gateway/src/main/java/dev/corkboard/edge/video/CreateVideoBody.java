// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.video;

import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.platform.error.ApiException;
import java.util.Map;

/** The body of {@code POST /media}: there is one type of media that is uploaded. */
final class CreateVideoBody {
  private static final String FIELD = "media_type";
  private static final Map<String, Boolean> TYPES = Map.of(Media.TYPE, true);

  private CreateVideoBody() {}

  /** Fails when it asks for anything but a video. */
  static boolean read(byte[] body) {
    boolean[] present = new boolean[1];
    JsonReader.object(
        body,
        (name, in) -> {
          if (name.equals(FIELD)) present[0] = Params.choose(FIELD, in.string(), TYPES);
        });
    if (!present[0]) throw ApiException.invalid(FIELD, "'" + FIELD + "' is a required property");
    return true;
  }
}
