// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.document;

import dev.corkboard.collage.v1.Crop;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.PinPicture;
import dev.corkboard.edge.json.JsonReader;
import dev.corkboard.error.v1.ErrorReason;
import java.io.IOException;

/** Reads where pictures come from: of a Pin, or by their asset key, as pictures are read. */
final class PictureReader {
  private PictureReader() {}

  static Picture picture(JsonReader in) throws IOException {
    PinPicture.Builder pin = PinPicture.newBuilder();
    Picture.Builder picture = Picture.newBuilder();
    in.present(
        (name, value) -> {
          switch (name) {
            case "pin_id" -> pin.setPinId(value.id(ErrorReason.ERROR_REASON_PIN_NOT_FOUND));
            case "index" -> pin.setIndex(value.index());
            case "asset_key" -> picture.setAssetKey(value.string());
            default -> {}
          }
        });
    if (pin.getPinId().isEmpty() == !picture.hasAssetKey()) {
      throw in.invalid("must have either pin_id or asset_key");
    }
    return picture.hasAssetKey() ? picture.build() : picture.setPin(pin).build();
  }

  static Crop crop(JsonReader in) throws IOException {
    Crop.Builder crop = Crop.newBuilder();
    in.present(
        (name, value) -> {
          switch (name) {
            case "x" -> crop.setX(value.number());
            case "y" -> crop.setY(value.number());
            case "width" -> crop.setWidth(value.number());
            case "height" -> crop.setHeight(value.number());
            default -> {}
          }
        });
    return crop.build();
  }
}
