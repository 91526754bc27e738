// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.board.v1.Change;
import dev.corkboard.board.v1.ListChangesResponse;
import java.util.List;
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
 * What the log no longer tells, a {@link BoardComparison} finds out.
 */
final class BoardFollower {
  static final String CURSOR = "board-changes";
  private static final int PAGE = 1_000;

  private static final Logger log = LoggerFactory.getLogger(BoardFollower.class);

  private final Placements placements;
  private final ProgressStore progress;
  private final BoardCascade cascade;
  private final BoardComparison comparison;

  BoardFollower(
      Placements placements, ProgressStore progress, PinStore pins, BoardCascade cascade) {
    this.placements = placements;
    this.progress = progress;
    this.cascade = cascade;
    this.comparison = new BoardComparison(placements, progress, pins, cascade);
  }

  /** Reads what is new and takes down what was deleted; one run at a time. */
  CompletionStage<Void> poll() {
    return progress
        .position(CURSOR)
        .thenCompose(
            cursor ->
                cursor.isPresent()
                    ? read(cursor.get())
                    : comparison.order().thenCompose(ordered -> read("")))
        .thenCompose(read -> comparison.runIfDue())
        .thenCompose(compared -> takeDown());
  }

  private CompletionStage<Void> read(String cursor) {
    return placements
        .changes(cursor, PAGE)
        .thenCompose(
            changes ->
                (changes.getResyncRequired()
                        ? comparison.order()
                        : progress.putCascades(deletedBy(changes)))
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
}
