// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import com.google.protobuf.ByteString;
import dev.corkboard.board.Role;
import dev.corkboard.board.v1.Placement;
import dev.corkboard.board.v1.Privacy;
import java.time.Instant;
import java.util.Optional;

/**
 * What decides about a change of a placement.
 *
 * @param live whether the board is there and not deleted; the rest means nothing otherwise
 * @param role what the actor is to the board
 * @param standing where the Pin stands now, when it stands on the board
 * @param seen the request as it was seen before
 */
record PlacementFacts(
    boolean live,
    Privacy privacy,
    Role role,
    int pinCount,
    boolean sectionThere,
    Optional<Placement> standing,
    Optional<Seen> seen) {

  /** A request that was carried out. */
  record Seen(ByteString digest, Instant at) {}

  static PlacementFacts noBoard() {
    return new PlacementFacts(
        false,
        Privacy.PRIVACY_UNSPECIFIED,
        Role.NONE,
        0,
        false,
        Optional.empty(),
        Optional.empty());
  }
}
