// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.board.v1.BoardState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the state of every board that a Pin names, when the change log does not reach back far
 * enough to tell. The order for it is durable, so that the follower's cursor moves on at once; it
 * stands until a round left nothing behind. A Pin that cannot be taken down is left to a later
 * round, and the rounds come less often while that goes on.
 */
final class BoardComparison {
  static final String ORDER = "board-comparison";

  /** How many calls pass at most between two rounds. */
  static final int MAX_PAUSE = 600;

  /** board-service's limit. */
  private static final int STATES = 250;

  /** How many boards a round remembers as live, so as not to ask again. */
  private static final int REMEMBERED = 100_000;

  private static final String NONE = "";
  private static final Logger log = LoggerFactory.getLogger(BoardComparison.class);

  private final Placements placements;
  private final ProgressStore progress;
  private final PinStore pins;
  private final BoardCascade cascade;
  private volatile int pause;
  private final AtomicInteger left = new AtomicInteger();

  BoardComparison(
      Placements placements, ProgressStore progress, PinStore pins, BoardCascade cascade) {
    this.placements = placements;
    this.progress = progress;
    this.pins = pins;
    this.cascade = cascade;
  }

  /** Orders a comparison; it is made by this process or another, this time or the next. */
  CompletionStage<Void> order() {
    left.set(0);
    return progress.savePosition(ORDER, UUID.randomUUID().toString());
  }

  /** Makes the comparison that was ordered; fails for nothing that a later round makes good. */
  CompletionStage<Void> runIfDue() {
    if (left.getAndUpdate(calls -> Math.max(0, calls - 1)) > 0) {
      return CompletableFuture.completedStage(null);
    }
    return progress
        .position(ORDER)
        .thenCompose(
            order ->
                order.filter(due -> !due.equals(NONE)).isPresent()
                    ? new Round(order.get()).run()
                    : CompletableFuture.completedStage(null));
  }

  /** One walk over all Pins. */
  private final class Round {
    private final String order;
    private final Set<String> live = new HashSet<>();
    private final AtomicInteger failed = new AtomicInteger();

    Round(String order) {
      this.order = order;
    }

    CompletionStage<Void> run() {
      log.atInfo().log("comparing the boards of all Pins with board-service");
      return pins.pages(this::compare)
          .handle((walked, failure) -> failure)
          .thenCompose(
              failure -> {
                if (failure == null && failed.get() == 0) return end();
                pause = Math.min(pause * 2 + 1, MAX_PAUSE);
                left.set(pause);
                log.atWarn()
                    .addKeyValue("pins", failed.get())
                    .setCause(failure)
                    .log("comparing boards left Pins behind; trying again later");
                return CompletableFuture.completedStage(null);
              });
    }

    /** An order that came meanwhile stands. */
    private CompletionStage<Void> end() {
      pause = 0;
      return progress
          .position(ORDER)
          .thenCompose(
              now ->
                  now.equals(Optional.of(order))
                      ? progress.savePosition(ORDER, NONE)
                      : CompletableFuture.completedStage(null));
    }

    /** Deleted Pins too: one may have been taken down and, in a crash, not yet off the listing. */
    private CompletionStage<Void> compare(List<StoredPin> page) {
      Map<String, List<String>> pinsByBoard = new HashMap<>();
      for (StoredPin row : page) {
        String board = row.pin().getBoardId();
        if (live.contains(board)) continue;
        pinsByBoard.computeIfAbsent(board, id -> new ArrayList<>()).add(row.pin().getId());
      }
      List<String> boards = List.copyOf(pinsByBoard.keySet());
      CompletionStage<Void> all = CompletableFuture.completedStage(null);
      for (int from = 0; from < boards.size(); from += STATES) {
        List<String> batch = boards.subList(from, Math.min(from + STATES, boards.size()));
        all = all.thenCompose(ok -> compare(batch, pinsByBoard));
      }
      return all;
    }

    /** The Pins are known, so a board whose placements are gone already leaves none behind. */
    private CompletionStage<Void> compare(
        List<String> boardIds, Map<String, List<String>> pinsByBoard) {
      return placements
          .states(boardIds)
          .thenCompose(
              states -> {
                Set<String> deleted = new HashSet<>();
                for (BoardState state : states) {
                  if (state.getDeleted()) deleted.add(state.getBoardId());
                  else if (live.size() < REMEMBERED) live.add(state.getBoardId());
                }
                return Gather.each(
                        List.copyOf(deleted),
                        board -> Gather.each(pinsByBoard.get(board), pin -> takeDown(pin, board)))
                    .thenCompose(done -> progress.putCascades(deleted));
              });
    }

    private CompletionStage<Void> takeDown(String pinId, String boardId) {
      return cascade
          .takeDown(List.of(pinId), boardId)
          .exceptionally(
              failure -> {
                failed.incrementAndGet();
                log.atWarn()
                    .addKeyValue("pin", pinId)
                    .setCause(failure)
                    .log("taking down a Pin of a deleted board failed");
                return null;
              });
    }
  }
}
