// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpData;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.edge.document.DocumentJson;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.Json;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.platform.error.ApiException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A collage as one file: JSON with its words, its document and, in Base64, its pictures. */
final class CollageFile {
  private static final String FORMAT = "format";
  private static final String VERSION = "version";
  private static final String NAME = "corkboard-collage";
  private static final int NUMBER = 1;

  private final DocumentJson documents;

  CollageFile(MediaUrls urls) {
    this.documents = new DocumentJson(urls);
  }

  /** All up to the first picture; whoever gets the bytes must send or close them. */
  HttpData beginning(Collage collage) {
    return Json.bytes(
        json -> {
          json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
          json.writeStartObject();
          json.writeStringField(FORMAT, NAME);
          json.writeNumberField(VERSION, NUMBER);
          Json.nullable(json, "title", collage.getTitle());
          Json.nullable(json, "description", collage.getDescription());
          Json.nullable(json, "alt_text", collage.getAltText());
          json.writeStringField(
              "remix_policy", CollageNames.REMIX_POLICIES.of(collage.getRemixPolicy()));
          documents.write(json, collage.getDocument());
          json.writeObjectFieldStart("pictures");
        });
  }

  /** What stands in front of the Base64 of a picture; key and type need no escapes. */
  static HttpData pictureBeginning(boolean first, String assetKey, String contentType) {
    return HttpData.ofUtf8(
        "%s\"%s\":{\"content_type\":\"%s\",\"data\":\"", first ? "" : ",", assetKey, contentType);
  }

  /** What stands behind it. */
  static HttpData pictureEnd() {
    return HttpData.ofUtf8("\"}");
  }

  /** What stands behind the last picture. */
  static HttpData end() {
    return HttpData.ofUtf8("}}");
  }

  /** Fails unless a file says that it is one, of the version that is read. */
  static void check(byte[] file) {
    Set<String> found = new HashSet<>();
    JsonReader.document(
        file,
        (name, in) -> {
          found.add(name);
          if (name.equals(FORMAT)) Params.choose(name, in.string(), Map.of(NAME, true));
          if (name.equals(VERSION) && in.count() != NUMBER) {
            throw in.invalid("is not " + NUMBER + ", the only version that is known");
          }
        });
    for (String name : List.of(FORMAT, VERSION)) {
      if (!found.contains(name)) {
        throw ApiException.invalid(name, "'" + name + "' is a required property");
      }
    }
  }
}
