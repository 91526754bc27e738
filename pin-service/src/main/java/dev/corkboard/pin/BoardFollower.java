// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.board.v1.BoardState;
import dev.corkboard.board.v1.Change;
import dev.corkboard.board.v1.ListChangesResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows board-service's change log for boards that were deleted. A deletion is put down as a
 * cascade before the cursor moves on, and a cascade is struck off when the board is purged, so a
 * crash loses neither; replicas follow independently, and doing the same twice changes nothing.
 */
final class BoardFollower {
  static final String CURSOR = "board-changes";
  private static final int PAGE = 1_000;

  /** board-service's limit. */
  private static final int STATES = 250;

  private static final Logger log = LoggerFactory.getLogger(BoardFollower.class);

  private final Placements placements;
  private final ProgressStore progress;
  private final PinStore pins;
  private final BoardCascade cascade;

  BoardFollower(
      Placements placements, ProgressStore progress, PinStore pins, BoardCascade cascade) {
    this.placements = placements;
    this.progress = progress;
    this.pins = pins;
    this.cascade = cascade;
  }

  /** Reads what is new and takes down what was deleted; one run at a time. */
  CompletionStage<Void> poll() {
    return progress
        .position(CURSOR)
        .thenCompose(cursor -> read(cursor.orElse("")))
        .thenCompose(read -> takeDown());
  }

  private CompletionStage<Void> read(String cursor) {
    return placements
        .changes(cursor, PAGE)
        .thenCompose(
            changes ->
                (changes.getResyncRequired() ? resync() : put(deletedBy(changes)))
                    .thenCompose(done -> progress.savePosition(CURSOR, changes.getNextCursor()))
                    .thenCompose(
                        saved ->
                            changes.getChangesCount() == 0 || changes.getNextCursor().equals(cursor)
                                ? CompletableFuture.completedStage(null)
                                : read(changes.getNextCursor())));
  }

  private static Set<String> deletedBy(ListChangesResponse changes) {
    return changes.getChangesList().stream()
        .filter(change -> change.getType() == Change.Type.TYPE_BOARD_DELETED)
        .map(Change::getBoardId)
        .collect(Collectors.toSet());
  }

  /** One that is under way keeps its page. */
  private CompletionStage<Void> put(Set<String> boardIds) {
    if (boardIds.isEmpty()) return CompletableFuture.completedStage(null);
    return progress
        .cascades()
        .thenCompose(
            known ->
                Gather.each(
                    boardIds.stream().filter(id -> !known.containsKey(id)).toList(),
                    id -> progress.saveCascade(id, "")));
  }

  /** One that fails goes on with the next poll, and holds up no other. */
  private CompletionStage<Void> takeDown() {
    return progress
        .cascades()
        .thenCompose(
            open ->
                Gather.each(
                    List.copyOf(open.entrySet()),
                    board ->
                        cascade
                            .run(board.getKey(), board.getValue())
                            .exceptionally(
                                failure -> {
                                  log.atWarn()
                                      .addKeyValue("board", board.getKey())
                                      .setCause(failure)
                                      .log("taking down the Pins of a deleted board failed");
                                  return null;
                                })));
  }

  /** The log does not reach back far enough: compares every board that a live Pin names. */
  private CompletionStage<Void> resync() {
    log.atWarn().log("the change log of board-service was missed; comparing all boards");
    Map<String, List<String>> pinsByBoard = new HashMap<>();
    return pins.scan(
            row -> {
              if (!row.isLive()) return;
              synchronized (pinsByBoard) {
                pinsByBoard
                    .computeIfAbsent(row.pin().getBoardId(), id -> new ArrayList<>())
                    .add(row.pin().getId());
              }
            })
        .thenCompose(
            scanned -> {
              List<String> boards = List.copyOf(pinsByBoard.keySet());
              List<List<String>> batches = new ArrayList<>();
              for (int from = 0; from < boards.size(); from += STATES) {
                batches.add(boards.subList(from, Math.min(from + STATES, boards.size())));
              }
              return Gather.each(batches, batch -> resync(batch, pinsByBoard));
            });
  }

  /** The Pins are known, so that a board whose placements are gone already leaves none behind. */
  private CompletionStage<Void> resync(
      List<String> boardIds, Map<String, List<String>> pinsByBoard) {
    return placements
        .states(boardIds)
        .thenCompose(
            states -> {
              List<String> deleted =
                  states.stream()
                      .filter(BoardState::getDeleted)
                      .map(BoardState::getBoardId)
                      .toList();
              return Gather.each(
                      deleted,
                      board ->
                          Gather.each(pinsByBoard.get(board), pin -> cascade.takeDown(pin, board)))
                  .thenCompose(done -> put(Set.copyOf(deleted)));
            });
  }
}
