// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.store.v1.Move;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.error.ApiException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Moves a Pin: hold the row, place on the target, write the row, take off the source, listing, let
 * go. While it stands on both boards its row says which one shows it.
 */
final class MoveOperation implements Operation {
  /** Makes the work of taking a Pin off a board that it does not belong to. */
  interface Strays {
    CompletionStage<Void> takeOff(Intent cause, Pin pin, String boardId);
  }

  private final PinStore pins;
  private final OwnerListing listing;
  private final Placements placements;
  private final Strays strays;

  MoveOperation(PinStore pins, OwnerListing listing, Placements placements, Strays strays) {
    this.pins = pins;
    this.listing = listing;
    this.placements = placements;
    this.strays = strays;
  }

  @Override
  public CompletionStage<Outcome> advance(Intent intent, Optional<StoredPin> row, boolean placed) {
    if (row.isEmpty()) return Operation.done(Outcome.MOOT);
    StoredPin now = row.get();
    if (now.isHeldBy(intent)) {
      return switch (now.progress().orElseThrow().stage()) {
        case BEGUN -> placed ? callOff(intent, Operation.overtaken()) : place(intent);
        case COMMITTED -> clear(intent);
        case ABORTED -> Operation.refusedAfter(undo(intent), Operation.overtaken());
      };
    }
    Move move = intent.getMove();
    if (placed) return settleStray(intent, now);
    if (now.isFreeAt(move.getBefore().getEtag())) {
      return pins.lock(intent, move.getBefore().getEtag())
          .thenCompose(locked -> locked ? place(intent) : Operation.done(Outcome.AGAIN));
    }
    return Operation.done(isResultOf(move, now) ? Outcome.DONE : Outcome.MOOT);
  }

  private static boolean isResultOf(Move move, StoredPin now) {
    Pin after = move.getAfter();
    return now.isLive()
        && now.pin().getEtag().equals(after.getEtag())
        && now.pin().getUpdateTime().equals(after.getUpdateTime())
        && now.pin().getBoardId().equals(after.getBoardId());
  }

  /** This process was late: others ended the operation while it put the Pin on the board. */
  private CompletionStage<Outcome> settleStray(Intent intent, StoredPin now) {
    Move move = intent.getMove();
    String target = move.getAfter().getBoardId();
    if (now.isLive() && now.pin().getBoardId().equals(target)) {
      return Operation.done(isResultOf(move, now) ? Outcome.DONE : Outcome.MOOT);
    }
    return strays.takeOff(intent, now.pin(), target).thenApply(off -> Outcome.MOOT);
  }

  private CompletionStage<Outcome> place(Intent intent) {
    Pin after = intent.getMove().getAfter();
    String cover = CreationOperation.cover(after);
    CompletionStage<Void> call =
        staysOnBoard(intent)
            ? placements.update(intent, after.getBoardId(), after.getSectionId(), cover)
            : placements.place(intent, after.getBoardId(), after.getSectionId(), cover);
    return Operation.decide(
        call,
        () ->
            pins.commit(intent)
                .thenCompose(
                    committed -> committed ? clear(intent) : Operation.done(Outcome.AGAIN_PLACED)),
        refusal -> callOff(intent, refusal));
  }

  private static boolean staysOnBoard(Intent intent) {
    Move move = intent.getMove();
    return move.getBefore().getBoardId().equals(move.getAfter().getBoardId());
  }

  private CompletionStage<Outcome> clear(Intent intent) {
    Pin before = intent.getMove().getBefore();
    Pin after = intent.getMove().getAfter();
    CompletionStage<Void> cleared =
        staysOnBoard(intent)
            ? CompletableFuture.completedStage(null)
            : placements
                .remove(intent, before.getBoardId(), before.getOwnerId(), "remove")
                .thenCompose(
                    removed ->
                        listing.move(
                            after.getOwnerId(),
                            after.getId(),
                            after.getBoardId(),
                            Intents.step(intent, "list")));
    return cleared.thenCompose(done -> pins.release(intent)).thenApply(released -> Outcome.DONE);
  }

  private CompletionStage<Outcome> callOff(Intent intent, ApiException refusal) {
    return pins.callOff(intent)
        .thenCompose(
            calledOff ->
                calledOff
                    ? Operation.refusedAfter(undo(intent), refusal)
                    : Operation.done(Outcome.AGAIN));
  }

  /** Another process may have been let on the board before this one was refused. */
  private CompletionStage<Void> undo(Intent intent) {
    Pin before = intent.getMove().getBefore();
    Pin after = intent.getMove().getAfter();
    CompletionStage<Void> back =
        staysOnBoard(intent)
            ? CompletableFuture.completedStage(null)
            : placements.remove(intent, after.getBoardId(), before.getOwnerId(), "undo");
    return back.thenCompose(done -> pins.release(intent)).thenApply(released -> null);
  }
}
