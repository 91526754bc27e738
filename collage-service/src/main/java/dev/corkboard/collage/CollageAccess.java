// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.CollageHeaders.Standing;
import dev.corkboard.collage.pins.PinDirectory;
import dev.corkboard.collage.render.VisibleLayers;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.State;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds collages as a caller may see them: members see them, its owner also in the trash, and who
 * sees the Pin of a published one. What is missing and what is hidden is COLLAGE_NOT_FOUND.
 */
final class CollageAccess {
  private final CollageHeaders headers;
  private final PinDirectory pins;

  CollageAccess(CollageHeaders headers, PinDirectory pins) {
    this.headers = headers;
    this.pins = pins;
  }

  /** A collage that a caller sees. */
  record Seen(Standing standing) {
    StoredCollage stored() {
      return standing.collage();
    }

    long id() {
      return stored().id();
    }

    /** What the caller sees of the document: who is no member, only the layers that are drawn. */
    Document seen(Document document) {
      return isMember() ? document : VisibleLayers.only(document);
    }

    Role role() {
      return standing.role();
    }

    boolean isMember() {
      return role() != Role.ROLE_UNSPECIFIED;
    }

    /** The newest revision that the caller sees. */
    long revision() {
      return isMember() ? stored().revision() : stored().publishedRevision();
    }

    /** Fails with REVISION_NOT_FOUND for a revision that the caller does not see. */
    long revision(Optional<Long> asked) {
      long revision = asked.orElse(revision());
      if (!isMember() && revision != revision()) throw CollageHistory.notFound(revision);
      return revision;
    }
  }

  static ApiException notFound(String collageId) {
    return ApiException.notFound(
        ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, "collage_id", collageId);
  }

  /** The account that calls; 0, which is nobody's, when no person does. */
  static long accountOf(Caller caller) {
    return Ids.parse(caller.accountId()).orElse(0);
  }

  /** The collage, if the caller sees it. */
  CompletionStage<Optional<Seen>> find(Caller caller, long collageId) {
    return headers
        .standing(collageId, accountOf(caller))
        .thenCompose(
            standing ->
                standing.isEmpty()
                    ? CompletableFuture.completedStage(Optional.<Seen>empty())
                    : sees(caller, standing.get())
                        .thenApply(
                            sees -> sees ? standing.map(Seen::new) : Optional.<Seen>empty()));
  }

  private CompletionStage<Boolean> sees(Caller caller, Standing standing) {
    State state = standing.collage().collage().getState();
    boolean member = standing.role() != Role.ROLE_UNSPECIFIED;
    return switch (state) {
      case STATE_DRAFT -> CompletableFuture.completedStage(member);
      case STATE_PUBLISHED ->
          member ? CompletableFuture.completedStage(true) : seesPin(caller, standing.collage());
      case STATE_DELETED -> CompletableFuture.completedStage(standing.role() == Role.ROLE_OWNER);
      case STATE_UNSPECIFIED, UNRECOGNIZED -> CompletableFuture.completedStage(false);
    };
  }

  /** Whether the caller sees the Pin of a published collage now. */
  CompletionStage<Boolean> seesPin(Caller caller, StoredCollage collage) {
    if (!collage.collage().hasPublication()) return CompletableFuture.completedStage(false);
    String pinId = collage.collage().getPublication().getPinId();
    return pins.visible(caller, Set.of(pinId)).thenApply(seen -> seen.containsKey(pinId));
  }

  CompletionStage<Seen> read(Caller caller, String collageId) {
    return Ids.parse(collageId).isEmpty()
        ? CompletableFuture.failedStage(notFound(collageId))
        : find(caller, Ids.parse(collageId).getAsLong())
            .thenApply(seen -> seen.orElseThrow(() -> notFound(collageId)));
  }

  /** One that the caller is a member of; for others it is not there, though they see it. */
  CompletionStage<Seen> asMember(Caller caller, String collageId) {
    return read(caller, collageId)
        .thenApply(
            seen -> {
              if (!seen.isMember()) {
                throw ApiException.permissionDenied("Only members of the collage may.");
              }
              return seen;
            });
  }

  /** One that the caller may edit. */
  CompletionStage<Seen> asEditor(Caller caller, String collageId) {
    return read(caller, collageId)
        .thenApply(
            seen -> {
              if (seen.role() != Role.ROLE_OWNER && seen.role() != Role.ROLE_EDITOR) {
                throw ApiException.permissionDenied(
                    "Only the owner and the editors of the collage may.");
              }
              return requireLive(seen);
            });
  }

  /** One that is the caller's own, in the trash or not. */
  CompletionStage<Seen> asOwner(Caller caller, String collageId) {
    return read(caller, collageId)
        .thenApply(
            seen -> {
              if (seen.role() != Role.ROLE_OWNER) {
                throw ApiException.permissionDenied("Only the owner of the collage may.");
              }
              return seen;
            });
  }

  /** What is in the trash can be read and taken back, and nothing else. */
  static Seen requireLive(Seen seen) {
    if (!seen.stored().isLive()) throw notFound(seen.stored().collage().getId());
    return seen;
  }
}
