// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.v1.Board;
import dev.corkboard.board.v1.BoardState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Keeps boards. Decides nothing about callers; stages fail with {@code ApiException}s. */
public interface BoardStore {
  /** The most boards an account may own. */
  int MAX_BOARDS = 2_000;

  /** How many cover pictures a board shows. */
  int COVERS = 5;

  /** The live board; empty also when it was deleted. */
  CompletionStage<Optional<Board>> get(long boardId);

  /** Those of the boards that are live, by id. */
  CompletionStage<Map<Long, Board>> getAll(Collection<Long> boardIds);

  /** The states of those boards that ever were, by id, deleted ones included; never cached. */
  CompletionStage<Map<Long, BoardState>> states(Collection<Long> boardIds);

  /**
   * Reads on over every board there ever was, in the order of their places in the store.
   *
   * @param after {@link BoardScan#START}, or {@code next} of the page before
   */
  CompletionStage<BoardScan> scan(long after, int limit);

  /** The role of a member; NONE for the owner, who is no member. */
  CompletionStage<Role> member(long boardId, long accountId);

  /**
   * The ids of the boards that an account owns or is a member of, newest first. Some may not be
   * there yet or any more; the caller asks for each.
   *
   * @param before only boards with a smaller id
   */
  CompletionStage<List<Long>> listed(long accountId, long before, int limit);

  /** How many boards an account owns; exact. */
  CompletionStage<Integer> owned(long accountId);

  /**
   * Creates the board as given, or answers with the board a repeat of the request created. Fails
   * with BOARD_NAME_TAKEN, TOO_MANY_BOARDS or REQUEST_ID_REUSED.
   */
  CompletionStage<Board> create(Board board, RequestKey request);

  /**
   * Changes name, description and privacy. Fails with BOARD_NOT_FOUND, BOARD_NAME_TAKEN,
   * ETAG_MISMATCH, CONTENTION, REQUEST_ID_REUSED or as the edit does.
   */
  CompletionStage<Board> update(BoardUpdate update);

  /**
   * Deletes the board; its name is free and nobody sees it once this is done. Fails with
   * BOARD_NOT_FOUND, ETAG_MISMATCH, CONTENTION or as the check does.
   *
   * @param check refuses by throwing an {@code ApiException}
   * @param etag the etag the board must have, or empty
   */
  CompletionStage<Void> delete(long boardId, long actorId, Consumer<Board> check, String etag);
}
