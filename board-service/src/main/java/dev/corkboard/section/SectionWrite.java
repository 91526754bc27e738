// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.section;

import dev.corkboard.board.RequestKey;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.server.Caller;

/**
 * A change of a section.
 *
 * @param caller the account that makes it, with its scopes
 * @param name the name from now on, empty to keep the one it has
 * @param etag the etag the section must have, or empty
 */
record SectionWrite(
    Caller caller, long boardId, long sectionId, String name, String etag, RequestKey request) {

  long actorId() {
    return Ids.parse(caller.accountId()).orElse(0);
  }
}
