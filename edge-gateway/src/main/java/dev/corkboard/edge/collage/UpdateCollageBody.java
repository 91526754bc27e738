// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import com.google.protobuf.FieldMask;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.UpdateCollageRequest;
import dev.corkboard.edge.http.Params;
import dev.corkboard.edge.json.JsonReader;
import java.io.IOException;

/** The body of {@code PATCH /collages/{collage_id}}: what is missing stays, null clears. */
record UpdateCollageBody(Collage collage, FieldMask mask) {
  static UpdateCollageBody read(byte[] body) {
    Collage.Builder collage = Collage.newBuilder();
    FieldMask.Builder mask = FieldMask.newBuilder();
    JsonReader.object(
        body,
        (name, in) -> {
          if (property(collage, name, in)) mask.addPaths(name);
        });
    return new UpdateCollageBody(collage.build(), mask.build());
  }

  private static boolean property(Collage.Builder collage, String name, JsonReader in)
      throws IOException {
    switch (name) {
      case "title" -> collage.setTitle(in.nullableString());
      case "description" -> collage.setDescription(in.nullableString());
      case "alt_text" -> collage.setAltText(in.nullableString());
      case "remix_policy" ->
          collage.setRemixPolicy(
              Params.choose(in.path(), in.string(), CollageNames.REMIX_POLICIES.values()));
      default -> {
        return false;
      }
    }
    return true;
  }

  UpdateCollageRequest toProto(String collageId, String etag, String requestId) {
    return UpdateCollageRequest.newBuilder()
        .setCollage(collage.toBuilder().setId(collageId).setEtag(etag))
        .setUpdateMask(mask)
        .setRequestId(requestId)
        .build();
  }
}
