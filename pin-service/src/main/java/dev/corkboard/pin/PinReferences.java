// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.media.MediaReferences;
import dev.corkboard.pin.v1.PinImage;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The pictures and videos that Pins show, those being created included. */
final class PinReferences implements MediaReferences {
  private final PinStore pins;

  PinReferences(PinStore pins) {
    this.pins = pins;
  }

  @Override
  public CompletionStage<Void> forEachAssetKey(Consumer<String> consumer) {
    return pins.scan(
        row -> {
          for (PinImage image : row.pin().getImagesList()) {
            consumer.accept(image.getImage().getAssetKey());
          }
          if (row.pin().hasVideo()) consumer.accept(row.pin().getVideo().getAssetKey());
        });
  }
}
