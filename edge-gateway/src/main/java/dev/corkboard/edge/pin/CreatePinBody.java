// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.pin;

import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.v1.CreatePinRequest;
import dev.corkboard.pin.v1.ImageSource;
import dev.corkboard.pin.v1.Pin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of {@code POST /pins}; an explicit null is the same as nothing (T5).
 *
 * @param pictures one, or 2 to 5 for a carousel
 */
record CreatePinBody(Pin pin, List<Picture> pictures) {
  static CreatePinBody read(byte[] body) {
    MediaSource.Type type = MediaSource.typeIn(body);
    Pin.Builder pin = Pin.newBuilder();
    List<Picture> pictures = new ArrayList<>();
    JsonReader.object(
        body,
        (name, in) -> {
          if (name.equals("media_source")) {
            pictures.addAll(MediaSource.read(type, in));
          } else {
            property(pin, name, in);
          }
        });
    if (pin.getBoardId().isEmpty()) throw MediaSource.required("board_id", "board_id");
    for (Picture picture : pictures) {
      if (picture.data() != null) picture.data().check();
    }
    return new CreatePinBody(pin.build(), pictures);
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
    return CreatePinRequest.newBuilder()
        .setPin(pin)
        .addAllImages(images)
        .setRequestId(requestId)
        .build();
  }
}
