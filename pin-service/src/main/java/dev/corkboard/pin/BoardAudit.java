// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.board.v1.Placement;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares what stands on a board with the Pins that say they do, and with the board's count. */
final class BoardAudit {
  private static final int PAGE = 1_000;

  /** Writers may change the count while it is compared, but hardly each time. */
  private static final int LOOKS_AT_COUNT = 3;

  private static final Logger log = LoggerFactory.getLogger(BoardAudit.class);

  private final Placements placements;
  private final PinSagas sagas;

  BoardAudit(Placements placements, PinSagas sagas) {
    this.placements = placements;
    this.sagas = sagas;
  }

  /** What stands on a board, and whether the board says as many. */
  private record Look(Set<String> standing, boolean counted) {}

  /** How many Pins, and the count, disagree with the board also when looked at again. */
  CompletionStage<Integer> compare(String boardId, Set<String> livePins) {
    return look(boardId)
        .thenCompose(
            look ->
                recheck(boardId, PinIds.difference(livePins, look.standing()))
                    .thenCombine(
                        isCounted(boardId, look, LOOKS_AT_COUNT - 1),
                        (pins, counted) -> pins + (counted ? 0 : 1)));
  }

  /** Rows of a deleted board may be gone already while its count stays. */
  private CompletionStage<Look> look(String boardId) {
    return placements
        .states(List.of(boardId))
        .thenCombine(
            standing(boardId),
            (states, standing) ->
                new Look(
                    standing,
                    states.stream()
                        .filter(board -> !board.getDeleted())
                        .allMatch(board -> board.getPinCount() == standing.size())));
  }

  private CompletionStage<Set<String>> standing(String boardId) {
    Set<String> standing = new HashSet<>();
    return standing(boardId, "", standing).thenApply(read -> standing);
  }

  /** A board nobody knows is one where nothing stands. */
  private CompletionStage<Void> standing(String boardId, String token, Set<String> into) {
    return placements
        .standing(boardId, PAGE, token, false)
        .thenCompose(
            page -> {
              page.getPlacementsList().stream().map(Placement::getPinId).forEach(into::add);
              return page.getNextPageToken().isEmpty()
                  ? CompletableFuture.completedStage(null)
                  : standing(boardId, page.getNextPageToken(), into);
            })
        .exceptionallyCompose(
            thrown -> {
              ApiException failure = ApiException.from(thrown);
              return failure.code() == Status.Code.NOT_FOUND
                  ? CompletableFuture.completedStage(null)
                  : CompletableFuture.failedStage(failure);
            });
  }

  /** With the operations on the suspects finished, are they where they say? */
  private CompletionStage<Integer> recheck(String boardId, Set<String> suspects) {
    if (suspects.isEmpty()) return CompletableFuture.completedStage(0);
    Set<String> here = ConcurrentHashMap.newKeySet();
    return Gather.each(
            List.copyOf(suspects),
            pin ->
                sagas
                    .settled(pin)
                    .thenAccept(
                        row -> {
                          if (row.filter(found -> isLiveOn(boardId, found)).isPresent()) {
                            here.add(pin);
                          }
                        }))
        .thenCompose(settled -> standing(boardId))
        .thenApply(
            standing -> {
              Set<String> wrong = PinIds.difference(here, standing);
              wrong.retainAll(suspects);
              wrong.forEach(
                  pin -> log.atWarn().log("pin {} disagrees with board {}", pin, boardId));
              return wrong.size();
            });
  }

  private static boolean isLiveOn(String boardId, StoredPin row) {
    return row.isLive() && row.pin().getBoardId().equals(boardId);
  }

  private CompletionStage<Boolean> isCounted(String boardId, Look look, int more) {
    if (look.counted()) return CompletableFuture.completedStage(true);
    if (more > 0) return look(boardId).thenCompose(next -> isCounted(boardId, next, more - 1));
    log.atWarn().log("the count of board {} disagrees with what stands there", boardId);
    return CompletableFuture.completedStage(false);
  }
}
