// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.document.Editor;
import dev.corkboard.collage.document.Operations;
import dev.corkboard.collage.document.Property;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.cassandra.Attempts;
import dev.corkboard.platform.check.Times;
import dev.corkboard.platform.error.ApiException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Edits the documents of collages. Every edit is made of the collage as it stands and kept if it
 * still stands so; otherwise it is made anew. A repeated request is answered as the first time, by
 * the edit that it made.
 */
public final class CollageEditing {
  private final CollageStore store;
  private final CollageHistory history;
  private final Editor editor;
  private final Compaction compaction;
  private final Retention retention;
  private final Clock clock;
  private final Executor executor;

  /** What an edit will be. */
  private record Change(Editor.Result result, long undoneRevision, long restoredRevision) {}

  /**
   * An editor of what the store keeps.
   *
   * @param executor applies operations
   */
  public CollageEditing(
      CollageStore store,
      CollageHistory history,
      Editor editor,
      Compaction compaction,
      Retention retention,
      Clock clock,
      Executor executor) {
    this.store = store;
    this.history = history;
    this.editor = editor;
    this.compaction = compaction;
    this.retention = retention;
    this.clock = clock;
    this.executor = executor;
  }

  /** The answer for a collage that is not there, or that the caller may not see: the same. */
  public static ApiException notFound(long collageId) {
    return ApiException.notFound(
        ErrorReason.ERROR_REASON_COLLAGE_NOT_FOUND, "collage_id", collageId);
  }

  /**
   * Applies operations that were made of a revision. Fails with INVALID_FIELD, EDIT_CONFLICT,
   * BASE_REVISION_TOO_OLD, CONTENTION, PERMISSION_DENIED or COLLAGE_NOT_FOUND; nothing is applied
   * then.
   *
   * @param operations with their pictures resolved
   */
  public CompletionStage<Edit> edit(
      long collageId,
      long actorId,
      long baseRevision,
      List<Operation> operations,
      RequestKey request) {
    List<Property> touched = Property.of(operations);
    return commit(
        collageId,
        actorId,
        request,
        collage ->
            since(collage, baseRevision)
                .thenCombineAsync(
                    history.document(collage, collage.revision()),
                    (others, document) -> {
                      Conflicts.refuse(touched, others);
                      return new Change(editor.apply(document, operations), 0, 0);
                    },
                    executor));
  }

  /** The edits that came after the base. */
  private CompletionStage<List<Entry.Trace>> since(StoredCollage collage, long base) {
    long revision = collage.revision();
    if (base < 0 || base > revision) {
      throw ApiException.invalid(
          "base_revision", "must be from 0 to %d, got %d".formatted(revision, base));
    }
    if (base == revision) return CompletableFuture.completedStage(List.of());
    if (base < collage.keptAfter() || revision - base > retention.baseAge()) {
      throw tooOld(base, revision);
    }
    return store
        .traces(collage.id(), revision + 1, (int) (revision - base))
        .thenApply(
            traces -> {
              if (traces.size() < revision - base) throw tooOld(base, revision);
              return traces;
            });
  }

  private static ApiException tooOld(long base, long revision) {
    return ApiException.aborted(
        ErrorReason.ERROR_REASON_BASE_REVISION_TOO_OLD,
        "The edits since the base are kept no more, or too many.",
        Map.of("base_revision", Long.toString(base), "revision", Long.toString(revision)));
  }

  /**
   * Takes back the actor's last edit that is not taken back yet. Fails with NOTHING_TO_UNDO when
   * there is none, with EDIT_CONFLICT when somebody else has changed the same since or the document
   * does not allow it any more, and otherwise as {@link #edit}.
   */
  public CompletionStage<Edit> undo(long collageId, long actorId, RequestKey request) {
    return commit(
        collageId,
        actorId,
        request,
        collage ->
            UndoSearch.find(store, collage, actorId)
                .thenCombineAsync(
                    history.document(collage, collage.revision()), this::undone, executor));
  }

  private Change undone(UndoSearch.Target target, Document document) {
    try {
      return new Change(editor.applyAgain(document, target.inverse()), target.revision(), 0);
    } catch (ApiException refused) {
      throw ApiException.aborted(
          ErrorReason.ERROR_REASON_EDIT_CONFLICT,
          "What changed since does not allow to take the edit back: " + refused.getMessage(),
          Map.of("property", "*", "revision", Long.toString(target.revision())));
    }
  }

  /**
   * Makes the document what it was at a revision. Fails with REVISION_NOT_FOUND when that is not
   * kept, and otherwise as {@link #edit}.
   */
  public CompletionStage<Edit> restore(
      long collageId, long actorId, long revision, RequestKey request) {
    return commit(
        collageId,
        actorId,
        request,
        collage ->
            history
                .document(collage, revision)
                .thenCombineAsync(
                    history.document(collage, collage.revision()),
                    (wanted, document) ->
                        new Change(
                            editor.applyAgain(document, List.of(Operations.replace(wanted))),
                            0,
                            revision),
                    executor));
  }

  private CompletionStage<Edit> commit(
      long collageId,
      long actorId,
      RequestKey request,
      Function<StoredCollage, CompletionStage<Change>> make) {
    return Attempts.until(
        () ->
            store
                .facts(collageId, actorId, request.id())
                .thenCompose(
                    found -> {
                      EditFacts facts =
                          found
                              .filter(f -> f.collage().isLive())
                              .orElseThrow(() -> notFound(collageId));
                      if (facts.seen().isPresent()) return answer(facts, request);
                      requireEdits(facts);
                      return make.apply(facts.collage())
                          .thenCompose(change -> append(facts, change, request));
                    }));
  }

  private static void requireEdits(EditFacts facts) {
    switch (facts.role()) {
      case ROLE_OWNER, ROLE_EDITOR -> {}
      case ROLE_VIEWER ->
          throw ApiException.permissionDenied("Only its owner and editors may edit this collage.");
      case ROLE_UNSPECIFIED, UNRECOGNIZED -> throw notFound(facts.collage().id());
    }
  }

  /** What the request was answered before; without its operations when they are kept no more. */
  private CompletionStage<Optional<Edit>> answer(EditFacts facts, RequestKey request) {
    EditFacts.Seen seen = facts.seen().orElseThrow();
    request.requireSame(seen.digest());
    return store
        .edits(facts.collage().id(), seen.revision() - 1, 1)
        .thenApply(
            edits ->
                edits.stream()
                    .filter(edit -> edit.getRevision() == seen.revision())
                    .findFirst()
                    .or(() -> Optional.of(bare(seen, request))));
  }

  private static Edit bare(EditFacts.Seen seen, RequestKey request) {
    return Edit.newBuilder()
        .setRevision(seen.revision())
        .setActorId(Long.toString(seen.actorId()))
        .setEditTime(Times.toProto(seen.at()))
        .setRequestId(request.id().toString())
        .build();
  }

  private CompletionStage<Optional<Edit>> append(
      EditFacts facts, Change change, RequestKey request) {
    long collageId = facts.collage().id();
    Editor.Result result = change.result();
    Edit edit =
        Edit.newBuilder()
            .setRevision(facts.collage().revision() + 1)
            .setActorId(Long.toString(facts.actorId()))
            .setEditTime(Times.toProto(clock.instant().truncatedTo(ChronoUnit.MILLIS)))
            .addAllOperations(result.applied())
            .setRequestId(request.id().toString())
            .setUndoneRevision(change.undoneRevision())
            .setRestoredRevision(change.restoredRevision())
            .build();
    Entry entry = new Entry(edit, result.inverse(), Property.of(result.applied()));
    entry.requireFits();
    return store
        .append(facts, entry, request)
        .thenApply(
            kept -> {
              if (!kept) return Optional.empty();
              history.remember(collageId, edit.getRevision(), result.document());
              compaction.after(collageId, edit.getRevision());
              return Optional.of(edit);
            });
  }
}
