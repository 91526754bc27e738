// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.follow;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Keeps who follows which boards, with exact counts in the boards. Stages fail with {@code
 * ApiException}s: BOARD_NOT_FOUND for a board that is not live, and CONTENTION when other writers
 * keep winning.
 */
public interface BoardFollowStore {
  /** Makes an account follow a board, or follow it no more; done already is no harm. */
  CompletionStage<Void> set(long accountId, long boardId, boolean follows);

  /**
   * The boards an account may follow, with ids below {@code before}, newest first: every one it
   * follows, and perhaps some it does not.
   */
  CompletionStage<List<Long>> listed(long accountId, long before, int limit);

  /** Those of the boards that the account follows. */
  CompletionStage<Set<Long>> followed(long accountId, Collection<Long> boardIds);
}
