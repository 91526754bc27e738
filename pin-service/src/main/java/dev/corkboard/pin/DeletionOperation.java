// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.pin.StoredPin.State;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.store.v1.Deletion;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.v1.Pin;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Deletes a Pin: row (nobody sees it from then on), board, listing, let go. */
final class DeletionOperation implements Operation {
  private final PinStore pins;
  private final OwnerListing listing;
  private final Placements placements;
  private final PinSagas sagas;

  DeletionOperation(PinStore pins, OwnerListing listing, Placements placements, PinSagas sagas) {
    this.pins = pins;
    this.listing = listing;
    this.placements = placements;
    this.sagas = sagas;
  }

  @Override
  public CompletionStage<Outcome> advance(Intent intent, Optional<StoredPin> row, boolean placed) {
    if (row.isEmpty()) return Operation.done(Outcome.MOOT);
    StoredPin now = row.get();
    if (now.isHeldBy(intent)) return finish(intent, now.pin());
    if (now.state() == State.DELETED) return Operation.done(Outcome.MOOT);
    if (now.progress().isPresent()) {
      return sagas.help(now).thenApply(helped -> Outcome.AGAIN);
    }
    Deletion deletion = intent.getDeletion();
    String etag = now.pin().getEtag();
    if (deletion.getConditional() && !deletion.getPin().getEtag().equals(etag)) {
      return Operation.done(Outcome.MOOT);
    }
    return pins.bury(intent, etag)
        .thenCompose(buried -> buried ? finish(intent, now.pin()) : Operation.done(Outcome.AGAIN));
  }

  private CompletionStage<Outcome> finish(Intent intent, Pin pin) {
    return placements
        .remove(intent, pin.getBoardId(), pin.getOwnerId(), "remove")
        .thenCompose(removed -> listing.remove(pin.getOwnerId(), pin.getId()))
        .thenCompose(unlisted -> pins.release(intent))
        .thenApply(released -> Outcome.DONE);
  }
}
