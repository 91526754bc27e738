// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.board.v1.Placement;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.pin.StoredPin.State;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Takes down the Pins of a deleted board. Nobody has seen them since the board was deleted, because
 * what a caller sees is asked of board-service each time; this only removes their rows.
 *
 * <p>board-service keeps the placements until the end, so a crash repeats at most a page. A Pin
 * whose row names another board by now was moved away, and stays.
 */
final class BoardCascade {
  private static final int PAGE = 500;
  private static final int ATTEMPTS = 10;

  private final PinStore pins;
  private final OwnerListing listing;
  private final Placements placements;
  private final ProgressStore progress;
  private final PinSagas sagas;

  BoardCascade(
      PinStore pins,
      OwnerListing listing,
      Placements placements,
      ProgressStore progress,
      PinSagas sagas) {
    this.pins = pins;
    this.listing = listing;
    this.placements = placements;
    this.progress = progress;
    this.sagas = sagas;
  }

  /** Goes on from a page until the board is purged. */
  CompletionStage<Void> run(String boardId, String pageToken) {
    return placements
        .standing(boardId, PAGE, pageToken, true)
        .thenCompose(
            page -> {
              List<String> pinIds =
                  page.getPlacementsList().stream().map(Placement::getPinId).toList();
              String next = page.getNextPageToken();
              return takeDown(pinIds, boardId)
                  .thenCompose(done -> next.isEmpty() ? end(boardId) : goOn(boardId, next));
            })
        .exceptionallyCompose(
            thrown -> {
              ApiException failure = ApiException.from(thrown);
              if (failure.reason() == ErrorReason.ERROR_REASON_INVALID_PAGE_TOKEN) {
                return progress.saveCascade(boardId, "").thenCompose(saved -> run(boardId, ""));
              }
              boolean nothingToDo =
                  failure.code() == Status.Code.NOT_FOUND
                      || failure.code() == Status.Code.FAILED_PRECONDITION;
              return nothingToDo
                  ? progress.endCascade(boardId)
                  : CompletableFuture.failedStage(failure);
            });
  }

  private CompletionStage<Void> goOn(String boardId, String next) {
    return progress.saveCascade(boardId, next).thenCompose(saved -> run(boardId, next));
  }

  private CompletionStage<Void> end(String boardId) {
    return placements.purge(boardId).thenCompose(purged -> progress.endCascade(boardId));
  }

  /** Deletes Pins of a deleted board, with their rows in the listings of their owners. */
  CompletionStage<Void> takeDown(List<String> pinIds, String boardId) {
    Map<String, Queue<String>> byOwner = new ConcurrentHashMap<>();
    return Gather.each(
            pinIds,
            pinId ->
                bury(pinId, boardId, 1)
                    .thenAccept(
                        buried ->
                            buried.ifPresent(
                                pin ->
                                    byOwner
                                        .computeIfAbsent(
                                            pin.getOwnerId(), o -> new ConcurrentLinkedQueue<>())
                                        .add(pinId))))
        .thenCompose(
            done ->
                Gather.each(
                    List.copyOf(byOwner.entrySet()),
                    owner -> listing.remove(owner.getKey(), owner.getValue())));
  }

  /** The Pin as it was, unless it stands elsewhere by now. */
  private CompletionStage<Optional<Pin>> bury(String pinId, String boardId, int attempt) {
    return sagas
        .settled(pinId)
        .thenCompose(
            row -> {
              Optional<Pin> pin =
                  row.map(StoredPin::pin).filter(found -> found.getBoardId().equals(boardId));
              if (pin.isEmpty() || row.get().state() == State.DELETED) {
                return CompletableFuture.completedStage(pin);
              }
              return pins.bury(pin.get())
                  .thenCompose(
                      buried -> {
                        if (buried) return CompletableFuture.completedStage(pin);
                        if (attempt == ATTEMPTS) throw Operation.overtaken();
                        return bury(pinId, boardId, attempt + 1);
                      });
            });
  }
}
