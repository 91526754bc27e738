// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.collage;

import dev.corkboard.collage.v1.PublishCollageRequest;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.error.v1.ErrorReason;
import java.io.IOException;

/** The body of {@code POST /collages/{collage_id}/publish}. */
record PublishBody(PublishCollageRequest target) {
  static PublishBody read(byte[] body) {
    PublishCollageRequest.Builder target = PublishCollageRequest.newBuilder();
    JsonReader.object(
        body,
        (name, in) -> {
          if (!in.isNull()) property(target, name, in);
        });
    return new PublishBody(target.build());
  }

  private static void property(PublishCollageRequest.Builder target, String name, JsonReader in)
      throws IOException {
    switch (name) {
      case "board_id" -> target.setBoardId(in.id(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND));
      case "board_section_id" ->
          target.setSectionId(in.id(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND));
      case "link" -> target.setLink(in.string());
      case "revision" -> target.setRevision(in.count());
      default -> {}
    }
  }

  PublishCollageRequest toProto(String collageId) {
    return target.toBuilder().setCollageId(collageId).build();
  }
}
