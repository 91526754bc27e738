// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.placement;

import dev.corkboard.board.RequestKey;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.server.Caller;

/**
 * A change of where a Pin stands.
 *
 * @param caller the account it is done for, with its scopes
 * @param sectionId the section, 0 for none
 * @param cover the asset key of the Pin's picture; empty for none, or to leave it
 * @param ownsPin whether the caller owns the Pin
 */
record PlacementWrite(
    Caller caller,
    long boardId,
    long pinId,
    long sectionId,
    String cover,
    boolean ownsPin,
    RequestKey request) {

  long actorId() {
    return Ids.parse(caller.accountId()).orElse(0);
  }
}
