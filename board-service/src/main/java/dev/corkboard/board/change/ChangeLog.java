// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board.change;

import dev.corkboard.board.v1.ListChangesResponse;
import java.util.concurrent.CompletionStage;

/** The log of committed changes, read from a cursor on. */
@FunctionalInterface
public interface ChangeLog {
  /**
   * Reads on. A change is seen at least once; repeats are recognised by board and change id.
   *
   * @param cursor of the answer before, or empty to start at the oldest change kept; fails with
   *     INVALID_ARGUMENT when it is not one of this log
   * @param pageSize how many changes to return at most
   */
  CompletionStage<ListChangesResponse> list(String cursor, int pageSize);
}
