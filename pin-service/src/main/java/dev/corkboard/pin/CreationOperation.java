// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.pin.StoredPin.State;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.search.PinWords;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.error.ApiException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Creates or saves a Pin: pending row, place on the board, listing, count, live. The row goes live
 * last, in the same write that lets go of it: until then nobody sees the Pin, wherever it stands
 * already.
 */
final class CreationOperation implements Operation {
  private final PinStore pins;
  private final RequestStore requests;
  private final OwnerListing listing;
  private final Placements placements;
  private final SaveCounting saves;

  CreationOperation(
      PinStore pins,
      RequestStore requests,
      OwnerListing listing,
      Placements placements,
      SaveCounting saves) {
    this.saves = saves;
    this.pins = pins;
    this.requests = requests;
    this.listing = listing;
    this.placements = placements;
  }

  @Override
  public CompletionStage<Outcome> advance(Intent intent, Optional<StoredPin> row, boolean placed) {
    if (row.isEmpty()) {
      return pins.insert(intent)
          .thenCompose(applied -> applied ? place(intent) : Operation.done(Outcome.AGAIN));
    }
    if (row.get().isHeldBy(intent)) {
      return row.get().state() == State.PENDING
          ? place(intent)
          : Operation.refusedAfter(undo(intent), Operation.overtaken());
    }
    if (placed && row.get().state() == State.DELETED) {
      return remove(intent, "stray").thenApply(removed -> Outcome.MOOT);
    }
    return Operation.done(Outcome.MOOT);
  }

  private CompletionStage<Outcome> place(Intent intent) {
    Pin pin = intent.getCreation().getPin();
    return Operation.decide(
        placements.place(intent, pin.getBoardId(), pin.getSectionId(), cover(pin)),
        () -> list(intent),
        refusal -> abandon(intent, refusal));
  }

  static String cover(Pin pin) {
    return pin.getImagesCount() == 0 ? "" : pin.getImages(0).getImage().getAssetKey();
  }

  private CompletionStage<Outcome> list(Intent intent) {
    Pin pin = intent.getCreation().getPin();
    OwnerListing.Entry entry =
        new OwnerListing.Entry(
            pin.getId(),
            pin.getBoardId(),
            pin.getCreativeType(),
            !pin.getParentPinId().isEmpty(),
            PinWords.of(pin));
    return listing
        .add(pin.getOwnerId(), entry, Intents.step(intent, "list"))
        .thenCompose(listed -> saves.count(pin))
        .thenCompose(counted -> pins.publish(intent))
        .thenApply(live -> live ? Outcome.DONE : Outcome.AGAIN_PLACED);
  }

  private CompletionStage<Outcome> abandon(Intent intent, ApiException refusal) {
    return pins.abandon(intent)
        .thenCompose(
            abandoned ->
                abandoned
                    ? Operation.refusedAfter(undo(intent), refusal)
                    : Operation.done(Outcome.AGAIN));
  }

  /** Another process may have been let on the board, and listed the Pin, before the refusal. */
  private CompletionStage<Void> undo(Intent intent) {
    Pin pin = intent.getCreation().getPin();
    String requestId = intent.getCreation().getRequestId();
    return remove(intent, "undo")
        .thenCompose(removed -> saves.discount(pin))
        .thenCompose(
            removed ->
                requestId.isEmpty()
                    ? CompletableFuture.completedStage(null)
                    : requests.forget(pin.getOwnerId(), requestId, pin.getId()))
        .thenCompose(forgotten -> pins.release(intent))
        .thenApply(released -> null);
  }

  private CompletionStage<Void> remove(Intent intent, String step) {
    Pin pin = intent.getCreation().getPin();
    return placements
        .remove(intent, pin.getBoardId(), pin.getOwnerId(), step)
        .thenCompose(removed -> listing.remove(pin.getOwnerId(), pin.getId()));
  }
}
