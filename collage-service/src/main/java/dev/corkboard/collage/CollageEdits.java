// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.CollageAccess.Seen;
import dev.corkboard.collage.document.Editor;
import dev.corkboard.collage.document.Pictures;
import dev.corkboard.collage.pins.Credits;
import dev.corkboard.collage.pins.PictureSources;
import dev.corkboard.collage.v1.BatchUpdateCollageRequest;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.ListRevisionsRequest;
import dev.corkboard.collage.v1.ListRevisionsResponse;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.RestoreRevisionRequest;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.collage.v1.UndoEditRequest;
import dev.corkboard.platform.check.Violations;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.IdPosition;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.page.Paging;
import dev.corkboard.platform.server.Caller;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Edits for callers: finds the pictures that they bring, and shows them what they may see. */
final class CollageEdits {
  private final CollageStore store;
  private final CollageAccess access;
  private final CollageEditing editing;
  private final CollageHistory history;
  private final PictureSources sources;
  private final Credits credits;
  private final EditFeeds feeds;
  private final PageTokens tokens;

  CollageEdits(
      CollageStore store,
      CollageAccess access,
      CollageEditing editing,
      CollageHistory history,
      PictureSources sources,
      Credits credits,
      EditFeeds feeds,
      PageTokens tokens) {
    this.store = store;
    this.access = access;
    this.editing = editing;
    this.history = history;
    this.sources = sources;
    this.credits = credits;
    this.feeds = feeds;
    this.tokens = tokens;
  }

  CompletionStage<Edit> edit(Caller caller, BatchUpdateCollageRequest request) {
    requireFew(request.getOperationsCount());
    EditRequests.check(request);
    RequestKey key =
        RequestKey.of(
            request.getRequestId(),
            caller.accountId(),
            request.toBuilder().clearRequestId().build());
    return access
        .asEditor(caller, request.getCollageId())
        .thenCompose(
            seen ->
                isDone(caller, seen, key)
                    .thenCompose(
                        done ->
                            done
                                ? CompletableFuture.completedStage(List.<Operation>of())
                                : resolved(caller, seen, request.getOperationsList()))
                    .thenCompose(
                        operations ->
                            editing.edit(
                                seen.id(),
                                CollageAccess.accountOf(caller),
                                request.getBaseRevision(),
                                operations,
                                key)))
        .thenCompose(edit -> made(caller, request.getCollageId(), edit));
  }

  private static void requireFew(int count) {
    if (count > 0 && count <= Editor.MAX_OPERATIONS) return;
    throw ApiException.invalid(
        "operations", "must be 1 to " + Editor.MAX_OPERATIONS + ", got " + count);
  }

  /** What was done is answered, though the Pins that it took pictures from may be gone. */
  private CompletionStage<Boolean> isDone(Caller caller, Seen seen, RequestKey key) {
    return store
        .facts(seen.id(), CollageAccess.accountOf(caller), key.id())
        .thenApply(facts -> facts.flatMap(EditFacts::seen).isPresent());
  }

  private CompletionStage<List<Operation>> resolved(
      Caller caller, Seen seen, List<Operation> operations) {
    PictureUse use = PictureUse.of(operations);
    return store
        .pictures(seen.id(), use.assetKeys())
        .thenCompose(
            known ->
                sources.resolve(
                    caller,
                    seen.id(),
                    known.stream()
                        .collect(
                            Collectors.toMap(p -> p.getImage().getAssetKey(), picture -> picture)),
                    use.all(),
                    use.masks()))
        .thenApply(
            (Map<Picture, Picture> copies) ->
                operations.stream().map(each -> Pictures.map(each, copies::get)).toList());
  }

  /** Tells who watches, then answers. */
  private CompletionStage<Edit> made(Caller caller, String collageId, Edit edit) {
    feeds.edited(Long.parseLong(collageId), edit.getRevision());
    return show(caller, edit);
  }

  /** An edit as the caller may read it. */
  CompletionStage<Edit> show(Caller caller, Edit edit) {
    return credits
        .show(caller, edit.getOperationsList())
        .thenApply(shown -> edit.toBuilder().clearOperations().addAllOperations(shown).build());
  }

  CompletionStage<Edit> undo(Caller caller, UndoEditRequest request) {
    EditRequests.check(request.getCollageId(), request.getRequestId());
    RequestKey key =
        RequestKey.of(
            request.getRequestId(),
            caller.accountId(),
            request.toBuilder().clearRequestId().build());
    return access
        .asEditor(caller, request.getCollageId())
        .thenCompose(seen -> editing.undo(seen.id(), CollageAccess.accountOf(caller), key))
        .thenCompose(edit -> made(caller, request.getCollageId(), edit));
  }

  CompletionStage<Edit> restore(Caller caller, RestoreRevisionRequest request) {
    EditRequests.check(request.getCollageId(), request.getRequestId());
    RequestKey key =
        RequestKey.of(
            request.getRequestId(),
            caller.accountId(),
            request.toBuilder().clearRequestId().build());
    return access
        .asEditor(caller, request.getCollageId())
        .thenCompose(
            seen ->
                editing.restore(
                    seen.id(), CollageAccess.accountOf(caller), request.getRevision(), key))
        .thenCompose(edit -> made(caller, request.getCollageId(), edit));
  }

  CompletionStage<ListRevisionsResponse> revisions(Caller caller, ListRevisionsRequest request) {
    new Violations()
        .id("collage_id", request.getCollageId())
        .pageSize(request.getPageSize())
        .throwIfAny();
    String name = "revisions/" + request.getCollageId();
    return access
        .asMember(caller, request.getCollageId())
        .thenCompose(
            seen -> {
              IdPosition from =
                  IdPosition.open(tokens, request.getPageToken(), name, caller.accountId());
              int size = Paging.size(request.getPageSize(), from.pageSize(), Paging.MAX_SIZE);
              return history
                  .revisions(seen.stored(), from.before(), size + 1)
                  .thenApply(found -> page(caller, name, found, size));
            });
  }

  private ListRevisionsResponse page(Caller caller, String name, List<Revision> found, int size) {
    List<Revision> shown = found.subList(0, Math.min(size, found.size()));
    ListRevisionsResponse.Builder page = ListRevisionsResponse.newBuilder().addAllRevisions(shown);
    if (found.size() > size) {
      long last = shown.get(size - 1).getRevision();
      page.setNextPageToken(new IdPosition(last, size).seal(tokens, name, caller.accountId()));
    }
    return page.build();
  }
}
