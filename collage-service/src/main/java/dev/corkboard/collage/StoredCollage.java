// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.State;
import dev.corkboard.platform.check.Ids;
import java.util.UUID;

/**
 * A collage as it stands, without its document.
 *
 * @param collage without document and role
 * @param keptAfter edits of higher revisions are kept, and the document at this one
 * @param write the write that made it what it is; no other write has this id
 */
public record StoredCollage(Collage collage, long keptAfter, UUID write) {
  /** A collage that nobody has edited yet, with a write of its own. */
  public static StoredCollage created(Collage collage) {
    Collage bare = collage.toBuilder().clearDocument().clearRole().setRevision(0).build();
    return new StoredCollage(bare, 0, UUID.randomUUID());
  }

  public long id() {
    return Long.parseLong(collage.getId());
  }

  public long ownerId() {
    return Ids.parse(collage.getOwnerId()).orElse(0);
  }

  public long revision() {
    return collage.getRevision();
  }

  /** The revision that others than members see, or -1. */
  public long publishedRevision() {
    return collage.hasPublication() ? collage.getPublication().getRevision() : -1;
  }

  /** Whether it is not in the trash. */
  public boolean isLive() {
    return collage.getState() == State.STATE_DRAFT || collage.getState() == State.STATE_PUBLISHED;
  }

  /** The role of an account, given its member row's. */
  public Role role(long accountId, Role member) {
    return accountId == ownerId() ? Role.ROLE_OWNER : member;
  }
}
