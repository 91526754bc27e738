// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.pin.Outcome.Kind;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.saves.SaveStore;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.trace.Trails;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Creates, moves and deletes Pins across this service and board-service, so that in the end a Pin
 * is live exactly when it stands on its board and is listed under its owner.
 *
 * <p><b>How.</b> A durable intent is written first. Then the Pin's own row is taken: it names the
 * one operation that may change the Pin, so operations on a Pin happen one after another, and
 * whoever finds an operation in progress finishes it first. Every step may be done again by
 * anybody, at any time: writes of the row are conditional on the operation and its stage, steps at
 * board-service and in the listing are applied once per UUID derived from the intent. Until
 * board-service has let the Pin on the board the operation may be refused, and is undone then;
 * afterwards it only goes on. The intent is deleted last; what a crash leaves, the sweeper
 * finishes.
 *
 * <p><b>Races.</b> Two moves, or a move and a deletion: the row is taken by one; the other finishes
 * the first's work, then finds another etag or a deleted row, and touches no board. The board of a
 * creation or move is deleted: board-service refuses the place, and the operation is undone; or it
 * was placed before, and then it is among what the follower takes down, which finishes the
 * operation before it looks whether the Pin stands there. Deletion and abort are decided in the row
 * before a placement is taken off, and a deleted id never lives again, so no placement that a live
 * row names is ever taken off. A process that slept between reading the row and putting the Pin on
 * the board finds its next write of the row refused, and takes the Pin off again while holding the
 * row.
 */
final class PinSagas {
  private static final int ATTEMPTS = 12;

  private final PinStore pins;
  private final IntentStore intents;
  private final Clock clock;
  private final CreationOperation creations;
  private final MoveOperation moves;
  private final DeletionOperation deletions;
  private final TakedownOperation takedowns;

  PinSagas(
      PinStore pins,
      RequestStore requests,
      IntentStore intents,
      OwnerListing listing,
      Placements placements,
      SaveStore saves,
      Clock clock) {
    this.pins = pins;
    this.intents = intents;
    this.clock = clock;
    this.creations =
        new CreationOperation(pins, requests, listing, placements, new SaveCounting(pins, saves));
    this.moves = new MoveOperation(pins, listing, placements, this::takeOff);
    this.deletions = new DeletionOperation(pins, listing, placements, this);
    this.takedowns = new TakedownOperation(pins, placements, this);
  }

  /**
   * Begins an operation and brings it to its end. A failed stage means that the outcome is unknown
   * as yet: the sweeper will bring it about.
   *
   * @param row the row as it was just read
   */
  CompletionStage<Outcome> run(Intent intent, Optional<StoredPin> row) {
    return intents
        .put(intent)
        .thenCompose(put -> advance(intent, row, false, 1))
        .thenCompose(outcome -> forget(intent, outcome));
  }

  /** Brings an operation that another process began to its end. */
  CompletionStage<Outcome> resume(Intent intent) {
    return look(intent, false, 1).thenCompose(outcome -> forget(intent, outcome));
  }

  private CompletionStage<Outcome> forget(Intent intent, Outcome outcome) {
    if (!outcome.finished()) return Operation.done(outcome);
    return intents.remove(intent).handle((removed, failure) -> outcome);
  }

  private CompletionStage<Outcome> look(Intent intent, boolean placed, int attempt) {
    return pins.load(intent.getPinId()).thenCompose(row -> advance(intent, row, placed, attempt));
  }

  private CompletionStage<Outcome> advance(
      Intent intent, Optional<StoredPin> row, boolean placed, int attempt) {
    return operation(intent)
        .advance(intent, row, placed)
        .thenCompose(
            outcome -> {
              boolean again = outcome.kind() == Kind.AGAIN || outcome.kind() == Kind.AGAIN_PLACED;
              if (!again) return Operation.done(outcome);
              if (attempt == ATTEMPTS) return CompletableFuture.failedStage(Operation.overtaken());
              boolean nowPlaced = placed || outcome.kind() == Kind.AGAIN_PLACED;
              return pause(attempt).thenCompose(v -> look(intent, nowPlaced, attempt + 1));
            });
  }

  private static CompletionStage<Void> pause(int attempt) {
    long millis = ThreadLocalRandom.current().nextLong(10L * attempt);
    return Trails.follow(
        CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)));
  }

  private Operation operation(Intent intent) {
    return switch (intent.getOperationCase()) {
      case CREATION -> creations;
      case MOVE -> moves;
      case DELETION -> deletions;
      case TAKEDOWN -> takedowns;
      case OPERATION_NOT_SET -> throw new IllegalArgumentException("intent " + intent.getId());
    };
  }

  /** Finishes the operation that holds a row. */
  CompletionStage<Outcome> help(StoredPin row) {
    return resume(row.progress().orElseThrow().intent());
  }

  /** The row once no operation is in progress. */
  CompletionStage<Optional<StoredPin>> settled(String pinId) {
    return settled(pinId, 1);
  }

  private CompletionStage<Optional<StoredPin>> settled(String pinId, int attempt) {
    return pins.load(pinId)
        .thenCompose(
            row -> {
              if (row.isEmpty() || row.get().progress().isEmpty()) {
                return CompletableFuture.completedStage(row);
              }
              if (attempt == ATTEMPTS) return CompletableFuture.failedStage(Operation.overtaken());
              return help(row.get()).thenCompose(helped -> settled(pinId, attempt + 1));
            });
  }

  private CompletionStage<Void> takeOff(Intent cause, Pin pin, String boardId) {
    Intent takedown = Intents.takedown(cause, pin, boardId, clock.instant());
    return pins.load(pin.getId()).thenCompose(row -> run(takedown, row)).thenApply(outcome -> null);
  }
}
