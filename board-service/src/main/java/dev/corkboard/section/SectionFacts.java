// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import com.google.protobuf.ByteString;
import dev.corkboard.board.Role;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.board.v1.Section;
import java.time.Instant;
import java.util.Optional;

/**
 * What decides about a change of a section.
 *
 * @param live whether the board is there and not deleted; the rest means nothing otherwise
 * @param role what the actor is to the board
 * @param count how many sections the board has
 * @param standing the section as it is now
 * @param seen the request as it was seen before
 */
record SectionFacts(
    boolean live,
    Privacy privacy,
    Role role,
    int count,
    Optional<Section> standing,
    Optional<Seen> seen) {

  /**
   * A request that was carried out.
   *
   * @param sectionId the section it was about
   */
  record Seen(ByteString digest, long sectionId, Instant at) {}

  static SectionFacts noBoard() {
    return new SectionFacts(
        false, Privacy.PRIVACY_UNSPECIFIED, Role.NONE, 0, Optional.empty(), Optional.empty());
  }
}
