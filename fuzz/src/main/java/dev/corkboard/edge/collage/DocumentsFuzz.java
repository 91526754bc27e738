// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.google.protobuf.ByteString;
import dev.corkboard.collage.document.DocumentRules;
import dev.corkboard.collage.render.Fonts;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.edge.document.DocumentJson;
import dev.corkboard.edge.document.DocumentPictures;
import dev.corkboard.edge.json.Json;
import dev.corkboard.edge.media.MediaUrls;
import dev.corkboard.platform.error.ApiException;

/** Documents of collages: what is accepted and shown can be sent again, and is shown the same. */
public final class DocumentsFuzz {
  private static final DocumentRules RULES = DocumentRules.of(Fonts.families());
  private static final DocumentJson JSON = new DocumentJson(new MediaUrls("http://127.0.0.1:8080"));

  private DocumentsFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] body) {
    Document sent;
    try {
      sent = CreateCollageBody.read(body).collage().getDocument();
      // What Pins and uploads look like, collage-service knows.
      if (!DocumentPictures.assetKeys(sent).isEmpty()) return;
      RULES.require("document", sent);
    } catch (ApiException refused) {
      return;
    }
    ByteString shown = shown(sent);
    Document again = CreateCollageBody.read(shown.toByteArray()).collage().getDocument();
    RULES.require("document", again);
    if (!shown(again).equals(shown)) {
      throw new AssertionError(shown.toStringUtf8() + " became " + shown(again).toStringUtf8());
    }
  }

  private static ByteString shown(Document document) {
    return ByteString.copyFrom(
        Json.bytes(
                json -> {
                  json.writeStartObject();
                  JSON.write(json, document);
                  json.writeEndObject();
                })
            .array());
  }
}
