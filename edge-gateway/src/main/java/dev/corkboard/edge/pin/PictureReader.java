// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.Base64Text;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.pin.v1.ImageSource;
import java.io.IOException;
import java.util.Map;

/** Reads one picture of a media source, which is a URL or comes with its bytes. */
final class PictureReader {
  /** What may be claimed; the bytes are looked at whatever is claimed. */
  static final Map<String, String> CONTENT_TYPES =
      Map.of("image/jpeg", "image/jpeg", "image/png", "image/png");

  private final boolean withBytes;
  private final String field;
  private final ImageSource.Builder words = ImageSource.newBuilder();
  private Base64Text data;
  private boolean typed;

  PictureReader(boolean withBytes, String field) {
    this.withBytes = withBytes;
    this.field = field;
  }

  /** A property of where the picture comes from. */
  void bytes(String name, JsonReader in) throws IOException {
    switch (name) {
      case "url" -> {
        if (!withBytes) words.setImageUrl(in.string());
      }
      case "data" -> {
        if (withBytes) data = in.base64();
      }
      case "content_type" -> {
        if (withBytes) typed = !Params.choose(in.path(), in.string(), CONTENT_TYPES).isEmpty();
      }
      default -> {}
    }
  }

  /** A property of a picture in a carousel. */
  void item(String name, JsonReader in) throws IOException {
    switch (name) {
      case "title" -> words.setTitle(in.nullableString());
      case "description" -> words.setDescription(in.nullableString());
      case "link" -> words.setLink(in.nullableString());
      default -> bytes(name, in);
    }
  }

  /** The picture; fails when a property it must have did not come. */
  Picture done() {
    if (withBytes) {
      if (!typed) throw MediaSource.required(field + ".content_type", "content_type");
      if (data == null) throw MediaSource.required(field + ".data", "data");
      return new Picture(words.build(), data, field + ".data");
    }
    if (!words.hasImageUrl()) throw MediaSource.required(field + ".url", "url");
    return new Picture(words.build(), null, field + ".url");
  }
}
