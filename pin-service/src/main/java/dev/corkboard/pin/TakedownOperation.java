// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.pin.StoredPin.State;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.store.v1.Takedown;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Takes a Pin off a board that its row does not name, while holding the row, so that nobody moves
 * the Pin to that board meanwhile.
 */
final class TakedownOperation implements Operation {
  private final PinStore pins;
  private final Placements placements;
  private final PinSagas sagas;

  TakedownOperation(PinStore pins, Placements placements, PinSagas sagas) {
    this.pins = pins;
    this.placements = placements;
    this.sagas = sagas;
  }

  @Override
  public CompletionStage<Outcome> advance(Intent intent, Optional<StoredPin> row, boolean placed) {
    if (row.isEmpty() || row.get().state() == State.DELETED || row.get().isHeldBy(intent)) {
      return finish(intent);
    }
    StoredPin now = row.get();
    if (now.progress().isPresent()) {
      return sagas.help(now).thenApply(helped -> Outcome.AGAIN);
    }
    if (now.pin().getBoardId().equals(intent.getTakedown().getBoardId())) {
      return Operation.done(Outcome.MOOT);
    }
    return pins.lock(intent, now.pin().getEtag())
        .thenCompose(locked -> locked ? finish(intent) : Operation.done(Outcome.AGAIN));
  }

  private CompletionStage<Outcome> finish(Intent intent) {
    Takedown takedown = intent.getTakedown();
    return placements
        .remove(intent, takedown.getBoardId(), takedown.getOwnerId(), "remove")
        .thenCompose(removed -> pins.release(intent))
        .thenApply(released -> Outcome.DONE);
  }
}
