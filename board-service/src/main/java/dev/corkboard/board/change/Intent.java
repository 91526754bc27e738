// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.Change;
import java.util.Optional;
import java.util.UUID;

/**
 * What a writer is about to do: everything another process needs to finish or undo it.
 *
 * @param id a UUID of version 7, see {@link IntentIds}; also the id of the change
 * @param ownerId the board's owner
 * @param pinId the Pin, 0 when none is concerned
 * @param actorId the account that does it, 0 when none does
 * @param board for a creation the board to create, else the default instance
 * @param newSlug the slug a creation or renaming reserves, else empty
 * @param oldSlug the slug a renaming or deletion frees, else empty
 * @param oldSlugIntent the intent that reserved {@code oldSlug}
 */
public record Intent(
    UUID id,
    Change.Type type,
    long boardId,
    long ownerId,
    long pinId,
    long actorId,
    Board board,
    String newSlug,
    String oldSlug,
    Optional<UUID> oldSlugIntent) {

  /** The creation of a board under a slug. */
  public static Intent create(UUID id, long boardId, long ownerId, Board board, String slug) {
    return new Intent(
        id,
        Change.Type.TYPE_BOARD_CREATED,
        boardId,
        ownerId,
        0,
        ownerId,
        board,
        slug,
        "",
        Optional.empty());
  }

  /** A change that stays within the board's partition. */
  public static Intent within(
      UUID id, Change.Type type, long boardId, long ownerId, long pinId, long actorId) {
    return new Intent(
        id,
        type,
        boardId,
        ownerId,
        pinId,
        actorId,
        Board.getDefaultInstance(),
        "",
        "",
        Optional.empty());
  }

  /** The same, also freeing a slug and reserving another; an empty one means none. */
  public Intent slugs(String reserve, String free, UUID freeReservedBy) {
    return new Intent(
        id,
        type,
        boardId,
        ownerId,
        pinId,
        actorId,
        board,
        reserve,
        free,
        Optional.of(freeReservedBy));
  }

  /** The same under another id. */
  Intent withId(UUID other) {
    return new Intent(
        other, type, boardId, ownerId, pinId, actorId, board, newSlug, oldSlug, oldSlugIntent);
  }

  /** Whether it gives an existing board another slug. */
  public boolean isRenaming() {
    return type == Change.Type.TYPE_BOARD_UPDATED && !newSlug.isEmpty();
  }
}
