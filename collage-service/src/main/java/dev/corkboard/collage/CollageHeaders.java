// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.Member;
import dev.corkboard.collage.v1.Role;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps what of collages is no document: words, state, members, and whether they are being
 * published.
 *
 * <p>Every change is one transaction on the collage as it was read; it answers false, and changes
 * nothing, when the collage has changed since.
 */
public interface CollageHeaders {
  /**
   * A collage and what an account is to it.
   *
   * @param publishing what is being done to its publication and has not ended
   */
  record Standing(StoredCollage collage, Role role, Optional<Publishing> publishing) {}

  /** As of the last write that was answered; empty when there never was such a collage. */
  CompletionStage<Optional<Standing>> standing(long collageId, long accountId);

  /** All members but the owner, by account id. */
  CompletionStage<List<Member>> members(long collageId);

  /**
   * Changes words, remix policy, state or times.
   *
   * @param request remembered with it
   */
  CompletionStage<Boolean> replace(
      StoredCollage read, Collage next, Optional<RequestKey> request, long actorId);

  /** Makes an account a member, or changes its role. */
  CompletionStage<Boolean> putMember(StoredCollage read, Member member);

  /** Makes an account a member no more. */
  CompletionStage<Boolean> removeMember(StoredCollage read, String accountId);

  /** Begins to publish or unpublish; false also when that was begun already. */
  CompletionStage<Boolean> begin(StoredCollage read, Publishing publishing);

  /** Ends what was begun with what the collage is from then on. */
  CompletionStage<Boolean> finish(StoredCollage read, Publishing publishing, Collage next);

  /** Ends what was begun without effect; nothing to end is no error. */
  CompletionStage<Void> abandon(long collageId, Publishing publishing);

  /** Deletes all that is kept of a collage; its id stays taken. */
  CompletionStage<Boolean> purge(StoredCollage read);
}
