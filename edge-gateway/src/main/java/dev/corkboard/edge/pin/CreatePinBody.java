// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.Pin;
import java.io.IOException;
import java.util.List;

/** The body of {@code POST /pins}; an explicit null is the same as nothing (T5). */
record CreatePinBody(Pin pin, PinMedia media) {
  static CreatePinBody read(byte[] body) {
    MediaSource.Type type = MediaSource.typeIn(body);
    Pin.Builder pin = Pin.newBuilder();
    PinMedia[] media = {PinMedia.of(List.of())};
    JsonReader.object(
        body,
        (name, in) -> {
          if (name.equals("media_source")) {
            media[0] = MediaSource.read(type, in);
          } else {
            property(pin, name, in);
          }
        });
    if (pin.getBoardId().isEmpty()) throw MediaSource.required("board_id", "board_id");
    for (Picture picture : media[0].pictures()) {
      if (picture.data() != null) picture.data().check();
    }
    return new CreatePinBody(pin.build(), media[0]);
  }

  private static void property(Pin.Builder pin, String name, JsonReader in) throws IOException {
    switch (name) {
      case "board_id" -> pin.setBoardId(in.nullableId(ErrorReason.ERROR_REASON_BOARD_NOT_FOUND));
      case "board_section_id" ->
          pin.setSectionId(in.nullableId(ErrorReason.ERROR_REASON_SECTION_NOT_FOUND));
      case "parent_pin_id" ->
          pin.setParentPinId(in.nullableId(ErrorReason.ERROR_REASON_PIN_NOT_FOUND));
      case "title" -> pin.setTitle(in.nullableString());
      case "description" -> pin.setDescription(in.nullableString());
      case "alt_text" -> pin.setAltText(in.nullableString());
      case "link" -> pin.setLink(in.nullableString());
      case "dominant_color" -> pin.setDominantColor(in.nullableString());
      default -> {}
    }
  }

  /** The call, once the pictures that came with their bytes are uploaded. */
  CreatePinRequest toProto(List<ImageSource> images, String requestId) {
    CreatePinRequest.Builder call =
        CreatePinRequest.newBuilder().setPin(pin).setRequestId(requestId);
    media.addTo(call, images);
    return call.build();
  }
}
