// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import dev.corkboard.board.v1.BoardState;
import java.util.List;
import java.util.OptionalLong;

/**
 * A page of all boards.
 *
 * @param next the place to go on from; empty at the end
 */
public record BoardScan(List<BoardState> boards, OptionalLong next) {
  /** Before every board. */
  public static final long START = Long.MIN_VALUE;
}
