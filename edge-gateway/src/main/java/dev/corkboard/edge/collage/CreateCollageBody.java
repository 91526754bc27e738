// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.CreateCollageRequest;
import dev.corkboard.edge.document.DocumentReader;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.JsonReader;
import java.io.IOException;

/** The body of {@code POST /collages}. */
record CreateCollageBody(Collage collage) {
  static CreateCollageBody read(byte[] body) {
    Collage.Builder collage = Collage.newBuilder();
    JsonReader.document(
        body,
        (name, in) -> {
          if (!in.isNull()) property(collage, name, in);
        });
    return new CreateCollageBody(collage.build());
  }

  /** One of the words, or the document. */
  static void property(Collage.Builder collage, String name, JsonReader in) throws IOException {
    switch (name) {
      case "title" -> collage.setTitle(in.string());
      case "description" -> collage.setDescription(in.string());
      case "alt_text" -> collage.setAltText(in.string());
      case "remix_policy" ->
          collage.setRemixPolicy(
              Params.choose(in.path(), in.string(), CollageNames.REMIX_POLICIES.values()));
      case "document" -> collage.setDocument(DocumentReader.document(in));
      default -> {}
    }
  }

  CreateCollageRequest toProto(String requestId) {
    return CreateCollageRequest.newBuilder().setCollage(collage).setRequestId(requestId).build();
  }
}
