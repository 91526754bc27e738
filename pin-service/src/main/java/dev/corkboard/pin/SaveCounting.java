// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.pin.saves.SaveStore;
import dev.corkboard.pin.saves.SaveStore.Save;
import dev.corkboard.pin.v1.Pin;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Counts a Pin that is being created as a save of its parent, if it has one that is still there.
 */
final class SaveCounting {
  private final PinStore pins;
  private final SaveStore saves;

  SaveCounting(PinStore pins, SaveStore saves) {
    this.pins = pins;
    this.saves = saves;
  }

  CompletionStage<Void> count(Pin created) {
    return ofParent(created, saves::count);
  }

  CompletionStage<Void> discount(Pin created) {
    return ofParent(created, saves::discount);
  }

  private CompletionStage<Void> ofParent(Pin created, Function<Save, CompletionStage<Void>> write) {
    String parent = created.getParentPinId();
    if (parent.isEmpty()) return CompletableFuture.completedStage(null);
    return pins.get(parent)
        .thenCompose(
            found ->
                found
                    .map(pin -> write.apply(save(pin, created)))
                    .orElseGet(() -> CompletableFuture.completedStage(null)));
  }

  private static Save save(Pin parent, Pin created) {
    return new Save(parent.getOwnerId(), day(created), parent.getId(), created.getId());
  }

  /** The day in UTC on which a Pin was created. */
  static LocalDate day(Pin pin) {
    return Instant.ofEpochMilli(Timestamps.toMillis(pin.getCreateTime()))
        .atOffset(ZoneOffset.UTC)
        .toLocalDate();
  }
}
