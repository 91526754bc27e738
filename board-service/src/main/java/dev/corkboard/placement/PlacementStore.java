// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import dev.corkboard.board.v1.Placement;
import dev.corkboard.placement.PlacementPage.Position;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Keeps where Pins stand. Every write is one transaction on its board, in which the caller's role,
 * the board's state and quota and the request are checked by {@link PlacementRules}.
 */
public interface PlacementStore {
  /**
   * Puts a Pin in front of the board's order, which is by Pin id, newest first; one that stands
   * there already stays.
   */
  CompletionStage<Placement> place(PlacementWrite write);

  /**
   * Gives a Pin another section, or another picture; fails with PIN_NOT_FOUND when it does not
   * stand on the board.
   */
  CompletionStage<Placement> update(PlacementWrite write);

  /** Takes a Pin off the board; nothing to do when it is not there. */
  CompletionStage<Void> remove(PlacementWrite write);

  /**
   * Reads on in a board's order; a full page unless it is the last. Fails with BOARD_NOT_FOUND when
   * the board is not there or was deleted.
   */
  CompletionStage<PlacementPage> page(long boardId, Position after, int limit);

  /**
   * Reads on in a section's order, which is the board's. Fails with SECTION_NOT_FOUND when the
   * board has no such section.
   */
  CompletionStage<PlacementPage> page(long boardId, long sectionId, Position after, int limit);

  /**
   * What stands on a board, deleted or not, by Pin id. Fails with BOARD_NOT_FOUND when there never
   * was one.
   *
   * @param afterPin only Pins with a greater id
   * @param deletedOnly whether to fail with BOARD_NOT_DELETED when it is not deleted
   */
  CompletionStage<List<Placement>> scan(
      long boardId, long afterPin, int limit, boolean deletedOnly);

  /** Removes the rows of a deleted board; fails with BOARD_NOT_DELETED when it is not. */
  CompletionStage<Void> purge(long boardId);
}
