// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.board.v1.BoardState;
import dev.corkboard.board.v1.ListChangesResponse;
import dev.corkboard.board.v1.ScanBoardsResponse;
import dev.corkboard.board.v1.ScanPlacementsResponse;
import dev.corkboard.pin.store.v1.Intent;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * board-service as this service speaks to it in its own name: the steps of an operation, for the
 * account that asked for it, and the change log.
 *
 * <p>A step may be repeated: its UUID is derived from the intent and the step's name, and
 * board-service applies it once. Refusals arrive as board-service's {@code ApiException}s; failures
 * whose outcome is unknown are repeated a few times before they arrive.
 */
interface Placements {
  /** Puts the Pin of a creation, or of a move, on its board. */
  CompletionStage<Void> place(
      Intent intent, String boardId, String sectionId, String coverAssetKey);

  /** Moves a Pin to another section of its board, or shows it by another picture. */
  CompletionStage<Void> update(
      Intent intent, String boardId, String sectionId, String coverAssetKey);

  /** Takes the Pin of an intent off a board, whether it stands there or not. */
  CompletionStage<Void> remove(Intent intent, String boardId, String ownerId, String step);

  CompletionStage<ListChangesResponse> changes(String cursor, int limit);

  /**
   * What stands on a board, whoever may see it.
   *
   * @param deletedOnly whether to fail with BOARD_NOT_DELETED when the board is not deleted
   */
  CompletionStage<ScanPlacementsResponse> standing(
      String boardId, int limit, String token, boolean deletedOnly);

  /** Every board there ever was, deleted ones too. */
  CompletionStage<ScanBoardsResponse> boards(int limit, String token);

  CompletionStage<Void> purge(String boardId);

  /** The states of at most 250 boards; unknown ones are left out. */
  CompletionStage<List<BoardState>> states(Collection<String> boardIds);
}
