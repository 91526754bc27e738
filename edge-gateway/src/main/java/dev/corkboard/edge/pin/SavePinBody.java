// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.SavePinRequest;
import java.io.IOException;

/** The body of {@code POST /pins/{pin_id}/save} (P12). */
record SavePinBody(SavePinRequest target) {
  static SavePinBody read(byte[] body) {
    SavePinRequest.Builder target = SavePinRequest.newBuilder();
    JsonReader.object(body, (name, in) -> property(target, name, in));
    if (target.getBoardId().isEmpty()) throw MediaSource.required("board_id", "board_id");
    return new SavePinBody(target.build());
  }

  private static void property(SavePinRequest.Builder target, String name, JsonReader in)
      throws IOException {
    switch (name) {
      case "board_id" -> target.setBoardId(in.nullableId(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND));
      case "board_section_id" ->
          target.setSectionId(in.nullableId(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND));
      default -> {}
    }
  }

  SavePinRequest toProto(String pinId, String requestId) {
    return target.toBuilder().setPinId(pinId).setRequestId(requestId).build();
  }
}
