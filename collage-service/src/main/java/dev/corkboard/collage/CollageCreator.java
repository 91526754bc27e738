// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.protobuf.MessageLite;
import dev.corkboard.collage.CollageAccess.Seen;
import dev.corkboard.collage.document.DocumentOrder;
import dev.corkboard.collage.document.DocumentRules;
import dev.corkboard.collage.document.Pictures;
import dev.corkboard.collage.index.CollageIndex;
import dev.corkboard.collage.pins.PictureSources;
import dev.corkboard.collage.v1.Collage;
import dev.corkboard.collage.v1.CreateCollageRequest;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.RemixCollageRequest;
import dev.corkboard.collage.v1.RemixCredit;
import dev.corkboard.collage.v1.RemixPolicy;
import dev.corkboard.collage.v1.Role;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** Creates collages, out of nothing or out of others. A repeated request makes one collage. */
final class CollageCreator {
  /** The most collages that an account may own, those in the trash included. */
  static final int MAX_OWNED = 2_000;

  /** Longer than a request may be repeated, by a day at least. */
  private static final Duration ABANDONED = Duration.ofDays(4);

  private final CollageStore store;
  private final CreationStore creations;
  private final CollageIndex index;
  private final CollageAccess access;
  private final CollageHistory history;
  private final CollageViews views;
  private final PictureSources sources;
  private final DocumentRules rules;
  private final LongSupplier ids;
  private final Clock clock;

  CollageCreator(
      CollageStore store,
      CreationStore creations,
      CollageIndex index,
      CollageAccess access,
      CollageHistory history,
      CollageViews views,
      PictureSources sources,
      DocumentRules rules,
      LongSupplier ids,
      Clock clock) {
    this.store = store;
    this.creations = creations;
    this.index = index;
    this.access = access;
    this.history = history;
    this.views = views;
    this.sources = sources;
    this.rules = rules;
    this.ids = ids;
    this.clock = clock;
  }

  /** What a new collage is, once its id is fixed. */
  private record Draft(Collage collage, Document document) {}

  CompletionStage<Collage> create(Caller caller, CreateCollageRequest request) {
    RequestKey key = key(caller, request.getRequestId(), identity(request));
    return once(caller, key, id -> draft(caller, request, id));
  }

  /** What a repeat has in common with the request. */
  private static CreateCollageRequest identity(CreateCollageRequest request) {
    return request.getRequestDigest().isEmpty()
        ? request.toBuilder().clearRequestId().build()
        : CreateCollageRequest.newBuilder().setRequestDigest(request.getRequestDigest()).build();
  }

  private static RequestKey key(Caller caller, String requestId, MessageLite request) {
    String id = requestId.isEmpty() ? UUID.randomUUID().toString() : requestId;
    return RequestKey.of(id, caller.accountId(), request);
  }

  private CompletionStage<Draft> draft(Caller caller, CreateCollageRequest request, long id) {
    Document asked = request.getCollage().getDocument();
    PictureUse use = PictureUse.of(asked);
    return remember(id)
        .thenCompose(done -> sources.resolve(caller, id, Map.of(), use.all(), use.masks()))
        .thenApply(
            copies -> {
              Document document = Pictures.map(asked, copies::get);
              rules.require("collage.document", document);
              Collage collage =
                  CollageRequests.created(
                      Ids.format(id), caller.accountId(), request.getCollage(), now());
              return new Draft(collage, DocumentOrder.complete(document));
            });
  }

  /** A creation that is refused leaves pictures held, which the sweeper of the trash releases. */
  private CompletionStage<Void> remember(long id) {
    return index.add(CollageChanges.purgeDay(now().plus(ABANDONED)), id);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** A new draft of the caller's with the layers, and the words, of another collage. */
  CompletionStage<Collage> remix(Caller caller, RemixCollageRequest request) {
    RequestKey key =
        key(caller, request.getRequestId(), request.toBuilder().clearRequestId().build());
    return once(
        caller,
        key,
        id ->
            access
                .read(caller, request.getCollageId())
                .thenApply(CollageAccess::requireLive)
                .thenCompose(origin -> remix(caller, requireAllowed(origin), id)));
  }

  private static Seen requireAllowed(Seen origin) {
    RemixPolicy policy = origin.stored().collage().getRemixPolicy();
    boolean allowed =
        origin.role() == Role.ROLE_OWNER
            || policy == RemixPolicy.REMIX_POLICY_EVERYONE
            || (policy == RemixPolicy.REMIX_POLICY_MEMBERS && origin.isMember());
    if (allowed) return origin;
    throw ApiException.permissionDenied(
        ErrorReason.ERROR_REASON_REMIX_NOT_ALLOWED,
        "collage_id",
        origin.stored().collage().getId(),
        "The collage's remix policy does not allow it.");
  }

  private CompletionStage<Draft> remix(Caller caller, Seen origin, long id) {
    Collage of = origin.stored().collage();
    CollageIndex.Key key = new CollageIndex.Key(CollageIndex.Kind.ORIGIN, origin.id());
    return history
        .document(origin.stored(), origin.revision())
        .thenCompose(document -> copied(caller, origin.seen(document), id))
        .thenCompose(
            document ->
                index
                    .add(key, id)
                    .thenApply(
                        done ->
                            new Draft(
                                CollageRequests.created(
                                        Ids.format(id), caller.accountId(), of, now())
                                    .toBuilder()
                                    .setRemixOf(
                                        RemixCredit.newBuilder()
                                            .setCollageId(of.getId())
                                            .setOwnerId(of.getOwnerId())
                                            .setRevision(origin.revision()))
                                    .build(),
                                document)));
  }

  private CompletionStage<Document> copied(Caller caller, Document document, long id) {
    return remember(id)
        .thenCompose(done -> sources.copy(caller, id, PictureUse.of(document).all()))
        .thenApply((Map<Picture, Picture> copies) -> Pictures.map(document, copies::get));
  }

  /** The id is fixed to the request first; whatever came of it before is completed. */
  private CompletionStage<Collage> once(
      Caller caller, RequestKey key, LongFunction<CompletionStage<Draft>> drafting) {
    long owner = CollageAccess.accountOf(caller);
    return creations
        .find(owner, key.id())
        .thenCompose(
            known -> {
              if (known.isPresent()) {
                key.requireSame(known.get().digest());
                return made(caller, known.get().collageId(), drafting);
              }
              return requireRoom(owner)
                  .thenCompose(
                      room ->
                          creations.fix(
                              owner,
                              key.id(),
                              new CreationStore.Known(ids.getAsLong(), key.digest())))
                  .thenCompose(
                      fixed -> {
                        key.requireSame(fixed.digest());
                        return made(caller, fixed.collageId(), drafting);
                      });
            });
  }

  private CompletionStage<Void> requireRoom(long owner) {
    return index
        .find(ownedBy(owner), Long.MAX_VALUE, MAX_OWNED)
        .thenAccept(
            owned -> {
              if (owned.size() < MAX_OWNED) return;
              throw ApiException.exhausted(
                  ErrorReason.ERROR_REASON_TOO_MANY_COLLAGES,
                  "owner_id",
                  Ids.format(owner),
                  "An account may own at most " + MAX_OWNED + " collages.");
            });
  }

  private static CollageIndex.Key ownedBy(long owner) {
    return new CollageIndex.Key(CollageIndex.Kind.OWNER, owner);
  }

  private CompletionStage<Collage> made(
      Caller caller, long id, LongFunction<CompletionStage<Draft>> drafting) {
    return store
        .get(id)
        .thenCompose(
            there ->
                there.isPresent()
                    ? CompletableFuture.completedStage(null)
                    : drafting.apply(id).thenCompose(draft -> put(id, draft)))
        .thenCompose(done -> access.read(caller, Ids.format(id)))
        .thenCompose(seen -> views.showWhole(caller, seen, seen.revision()));
  }

  /** Listed first: a listing passes over what is not there, and never misses what is. */
  private CompletionStage<Void> put(long id, Draft draft) {
    StoredCollage collage = StoredCollage.created(draft.collage());
    return index
        .add(ownedBy(collage.ownerId()), id)
        .thenCompose(done -> store.create(collage, draft.document()))
        .exceptionallyCompose(failure -> unlessThere(id, failure));
  }

  /** Another process may have done the same request at the same time. */
  private CompletionStage<Void> unlessThere(long id, Throwable failure) {
    return store
        .get(id)
        .thenCompose(
            (Optional<StoredCollage> there) ->
                there.isPresent()
                    ? CompletableFuture.completedStage(null)
                    : CompletableFuture.failedStage(failure));
  }
}
