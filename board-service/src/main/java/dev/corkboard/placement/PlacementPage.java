// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.google.protobuf.ByteString;
import dev.corkboard.board.v1.Placement;
import java.util.List;
import java.util.Optional;

/**
 * A part of a board's order.
 *
 * @param next where the next page starts; empty on the last
 */
record PlacementPage(List<Placement> placements, Optional<Position> next) {

  /**
   * Behind a Pin in a board's order.
   *
   * @param orderKey at most 64 bytes
   */
  record Position(ByteString orderKey, long pinId) {
    static final Position START = new Position(ByteString.EMPTY, 0);
  }
}
