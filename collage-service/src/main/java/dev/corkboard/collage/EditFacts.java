// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.protobuf.ByteString;
import dev.corkboard.collage.v1.Role;
import java.time.Instant;
import java.util.Optional;

/**
 * What decides about an edit.
 *
 * @param role what the actor is to the collage
 * @param seen the request as it was seen before
 */
public record EditFacts(StoredCollage collage, long actorId, Role role, Optional<Seen> seen) {
  /**
   * A request that was carried out.
   *
   * @param revision the revision that it made
   */
  public record Seen(ByteString digest, long revision, long actorId, Instant at) {}
}
