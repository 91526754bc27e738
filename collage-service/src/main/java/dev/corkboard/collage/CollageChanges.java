// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.CollageAccess.Seen;
import dev.corkboard.collage.index.CollageIndex;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.DeleteCollageRequest;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.collage.v1.State;
import dev.corkboard.collage.v1.UndeleteCollageRequest;
import dev.corkboard.collage.v1.UpdateCollageRequest;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.cassandra.Attempts;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Changes the words of collages, and puts them into the trash and takes them out of it. */
final class CollageChanges {
  private final CollageStore store;
  private final CollageHeaders headers;
  private final CollageAccess access;
  private final CollageIndex index;
  private final Duration trashLife;
  private final Clock clock;

  /**
   * Changes of what the stores keep.
   *
   * @param trashLife how long a deleted collage can be taken back
   */
  CollageChanges(
      CollageStore store,
      CollageHeaders headers,
      CollageAccess access,
      CollageIndex index,
      Duration trashLife,
      Clock clock) {
    this.store = store;
    this.headers = headers;
    this.access = access;
    this.index = index;
    this.trashLife = trashLife;
    this.clock = clock;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static void requireEtag(String etag, StoredCollage collage) {
    if (etag.isEmpty() || etag.equals(CollageViews.etag(collage))) return;
    throw ApiException.aborted(
        ErrorReason.ERROR_REASON_ETAG_MISMATCH, "The collage changed since it was read.");
  }

  CompletionStage<Seen> update(Caller caller, UpdateCollageRequest request) {
    CollageRequests.check(request);
    Optional<RequestKey> key =
        request.getRequestId().isEmpty()
            ? Optional.empty()
            : Optional.of(
                RequestKey.of(
                    request.getRequestId(),
                    caller.accountId(),
                    request.toBuilder().clearRequestId().build()));
    String id = request.getCollage().getId();
    return Attempts.until(
            () -> access.asEditor(caller, id).thenCompose(seen -> update(seen, request, key)))
        .thenCompose(done -> access.read(caller, id));
  }

  private CompletionStage<Optional<Boolean>> update(
      Seen seen, UpdateCollageRequest request, Optional<RequestKey> key) {
    return isDone(seen, key)
        .thenCompose(
            done -> {
              if (done) return CompletableFuture.completedStage(Optional.of(true));
              if (CollageRequests.changed(request).contains("remix_policy")
                  && seen.role() != Role.ROLE_OWNER) {
                throw ApiException.permissionDenied("Only the owner may change the remix policy.");
              }
              requireEtag(request.getCollage().getEtag(), seen.stored());
              Collage before = seen.stored().collage();
              Collage next = CollageRequests.updated(before, request, now());
              if (next.equals(before)) return CompletableFuture.completedStage(Optional.of(true));
              return replace(seen, next, key);
            });
  }

  private CompletionStage<Boolean> isDone(Seen seen, Optional<RequestKey> key) {
    if (key.isEmpty()) return CompletableFuture.completedStage(false);
    UUID request = key.get().id();
    return store
        .facts(seen.id(), seen.stored().ownerId(), request)
        .thenApply(
            facts -> {
              Optional<EditFacts.Seen> before = facts.flatMap(EditFacts::seen);
              before.ifPresent(known -> key.get().requireSame(known.digest()));
              return before.isPresent();
            });
  }

  private CompletionStage<Optional<Boolean>> replace(
      Seen seen, Collage next, Optional<RequestKey> key) {
    return headers
        .replace(seen.stored(), next, key, seen.stored().ownerId())
        .thenApply(done -> done ? Optional.of(true) : Optional.empty());
  }

  CompletionStage<Void> delete(Caller caller, DeleteCollageRequest request) {
    return Attempts.until(
            () ->
                access
                    .asOwner(caller, request.getCollageId())
                    .thenCompose(seen -> delete(seen, request.getEtag())))
        .thenAccept(done -> {});
  }

  private CompletionStage<Optional<Boolean>> delete(Seen seen, String etag) {
    Collage before = seen.stored().collage();
    if (before.getState() == State.STATE_DELETED) {
      return CompletableFuture.completedStage(Optional.of(true));
    }
    requireEtag(etag, seen.stored());
    if (before.getState() == State.STATE_PUBLISHED || seen.standing().publishing().isPresent()) {
      throw ApiException.failedPrecondition(
          ErrorReason.ERROR_REASON_COLLAGE_PUBLISHED,
          "collage_id",
          before.getId(),
          "The collage is published, or about to be: unpublish it first.");
    }
    Instant now = now();
    Instant purge = now.plus(trashLife);
    Collage next =
        before.toBuilder()
            .setState(State.STATE_DELETED)
            .setUpdateTime(Times.toProto(now))
            .setDeleteTime(Times.toProto(now))
            .setPurgeTime(Times.toProto(purge))
            .build();
    return index
        .add(purgeDay(purge), seen.id())
        .thenCompose(done -> replace(seen, next, Optional.empty()));
  }

  /** Where collages to be purged at a time are found. */
  static CollageIndex.Key purgeDay(Instant time) {
    return new CollageIndex.Key(
        CollageIndex.Kind.PURGE_DAY, Math.floorDiv(time.getEpochSecond(), 86_400L));
  }

  CompletionStage<Seen> undelete(Caller caller, UndeleteCollageRequest request) {
    String id = request.getCollageId();
    return Attempts.until(() -> access.asOwner(caller, id).thenCompose(this::undelete))
        .thenCompose(done -> access.read(caller, id));
  }

  private CompletionStage<Optional<Boolean>> undelete(Seen seen) {
    Collage before = seen.stored().collage();
    if (before.getState() != State.STATE_DELETED) {
      return CompletableFuture.completedStage(Optional.of(true));
    }
    Collage next =
        before.toBuilder()
            .setState(State.STATE_DRAFT)
            .setUpdateTime(Times.toProto(now()))
            .clearDeleteTime()
            .clearPurgeTime()
            .build();
    return replace(seen, next, Optional.empty());
  }
}
