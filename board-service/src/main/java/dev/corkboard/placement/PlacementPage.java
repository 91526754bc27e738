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
 * @param more whether others stand behind them
 */
record PlacementPage(List<Placed> placed, boolean more) {

  /**
   * Behind a Pin in a board's order.
   *
   * @param orderKey at most 64 bytes
   */
  record Position(ByteString orderKey, long pinId) {
    static final Position START = new Position(ByteString.EMPTY, 0);
  }

  /** A Pin, and where a page behind it starts. */
  record Placed(Placement placement, Position position) {}

  List<Placement> placements() {
    return placed.stream().map(Placed::placement).toList();
  }

  /** Where the next page starts; empty on the last. */
  Optional<Position> next() {
    return more ? Optional.of(placed.get(placed.size() - 1).position()) : Optional.empty();
  }

  /** The same page with so many at most. */
  PlacementPage first(int limit) {
    return placed.size() > limit ? new PlacementPage(placed.subList(0, limit), true) : this;
  }
}
