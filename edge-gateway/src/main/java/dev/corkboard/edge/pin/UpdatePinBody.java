// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import com.google.protobuf.FieldMask;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinImage;
import dev.corkboard.pin.v1.UpdatePinRequest;
import java.io.IOException;
import java.util.Map;

/** The body of {@code PATCH /pins/{pin_id}}: what is missing stays, null clears (P11). */
record UpdatePinBody(Pin pin, FieldMask mask) {
  /** What can be changed, as the service names it. */
  private static final Map<String, String> PATHS =
      Map.of(
          "alt_text", "alt_text",
          "board_id", "board_id",
          "board_section_id", "section_id",
          "carousel_slots", "images",
          "description", "description",
          "link", "link",
          "title", "title");

  static UpdatePinBody read(byte[] body) {
    Pin.Builder pin = Pin.newBuilder();
    FieldMask.Builder mask = FieldMask.newBuilder();
    JsonReader.object(
        body,
        (name, in) -> {
          if (!PATHS.containsKey(name) || (name.equals("carousel_slots") && in.isNull())) return;
          property(pin, name, in);
          mask.addPaths(PATHS.get(name));
        });
    return new UpdatePinBody(pin.build(), mask.build());
  }

  private static void property(Pin.Builder pin, String name, JsonReader in) throws IOException {
    switch (name) {
      case "alt_text" -> pin.setAltText(in.nullableString());
      case "board_id" -> pin.setBoardId(in.id(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND));
      case "board_section_id" ->
          pin.setSectionId(in.nullableId(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND));
      case "carousel_slots" ->
          in.objects(pin::addImagesBuilder, (slot, item) -> slot(pin, slot, item));
      case "description" -> pin.setDescription(in.nullableString());
      case "link" -> pin.setLink(in.nullableString());
      case "title" -> pin.setTitle(in.nullableString());
      default -> throw new IllegalStateException(name);
    }
  }

  private static void slot(Pin.Builder pin, String name, JsonReader in) throws IOException {
    PinImage.Builder slot = pin.getImagesBuilder(pin.getImagesCount() - 1);
    switch (name) {
      case "title" -> slot.setTitle(in.nullableString());
      case "description" -> slot.setDescription(in.nullableString());
      case "link" -> slot.setLink(in.nullableString());
      default -> {}
    }
  }

  UpdatePinRequest toProto(String pinId, String requestId) {
    return UpdatePinRequest.newBuilder()
        .setPin(pin.toBuilder().setId(pinId))
        .setUpdateMask(mask)
        .setRequestId(requestId)
        .build();
  }
}
