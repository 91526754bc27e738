// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.common.hash.Hashing;
import dev.corkboard.collage.CollageAccess.Seen;
import dev.corkboard.collage.pins.Credits;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.RemixCredit;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.server.Caller;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Collages as they are answered: what the reader may not see of Pins and collages is left out. */
final class CollageViews {
  private static final int ETAG_DIGITS = 16;
  private static final RemixCredit UNAVAILABLE =
      RemixCredit.newBuilder().setUnavailable(true).build();

  private final CollageAccess access;
  private final CollageHistory history;
  private final Credits credits;

  CollageViews(CollageAccess access, CollageHistory history, Credits credits) {
    this.access = access;
    this.history = history;
    this.credits = credits;
  }

  /** Stands for words, remix policy and state; edits of the document leave it as it is. */
  static String etag(StoredCollage stored) {
    Collage lasting =
        stored.collage().toBuilder().clearRevision().clearUpdateTime().clearEtag().build();
    return Hashing.sha256().hashBytes(lasting.toByteArray()).toString().substring(0, ETAG_DIGITS);
  }

  /** Without its document. */
  CompletionStage<Collage> show(Caller caller, Seen seen) {
    Collage collage = seen.stored().collage();
    return access
        .seesPin(caller, seen.stored())
        .thenCombine(
            origin(caller, collage),
            (seesPin, origin) -> {
              Collage.Builder shown =
                  collage.toBuilder()
                      .setRole(seen.role())
                      .setRevision(seen.revision())
                      .setEtag(etag(seen.stored()));
              origin.ifPresent(shown::setRemixOf);
              if (!seesPin && seen.role() != Role.ROLE_OWNER) shown.clearPublication();
              return shown.build();
            });
  }

  private CompletionStage<Optional<RemixCredit>> origin(Caller caller, Collage collage) {
    if (!collage.hasRemixOf()) return CompletableFuture.completedStage(Optional.empty());
    RemixCredit credit = collage.getRemixOf();
    return access
        .find(caller, Ids.parse(credit.getCollageId()).orElse(0))
        .thenApply(
            origin ->
                Optional.of(
                    origin.filter(o -> o.stored().isLive()).isPresent() ? credit : UNAVAILABLE));
  }

  /** With its document at a revision. */
  CompletionStage<Collage> showWhole(Caller caller, Seen seen, long revision) {
    return history
        .document(seen.stored(), revision)
        .thenCompose(document -> credits.show(caller, seen.seen(document)))
        .thenCombine(
            show(caller, seen),
            (document, shown) ->
                shown.toBuilder().setDocument(document).setRevision(revision).build());
  }
}
