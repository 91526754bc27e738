// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.document.Editor;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Reads what collages were: their documents at kept revisions, and the edits between them. */
public final class CollageHistory {
  /** How many edits are in memory at once. */
  private static final int CHUNK = 20;

  private final CollageStore store;
  private final Editor editor;
  private final Retention retention;
  private final RecentDocuments recent;
  private final Executor executor;

  /**
   * A reader of the store.
   *
   * @param recentBytes how many bytes of documents to remember
   * @param executor replays edits
   */
  public CollageHistory(
      CollageStore store, Editor editor, Retention retention, long recentBytes, Executor executor) {
    this.store = store;
    this.editor = editor;
    this.retention = retention;
    this.recent = new RecentDocuments(recentBytes);
    this.executor = executor;
  }

  /** The answer for a revision that is not kept, or never was. */
  public static ApiException notFound(long revision) {
    return ApiException.notFound(ErrorReason.ERROR_REASON_REVISION_NOT_FOUND, "revision", revision);
  }

  /**
   * The document at a revision, for a collage as it was read; fails with REVISION_NOT_FOUND when it
   * is not kept.
   */
  public CompletionStage<Document> document(StoredCollage collage, long revision) {
    if (revision < 0 || revision > collage.revision()) {
      return CompletableFuture.failedStage(notFound(revision));
    }
    if (revision < collage.keptAfter()) return old(collage, revision);
    return beginning(collage, revision)
        .thenCompose(begin -> replay(collage.id(), begin.revision(), begin.document(), revision))
        .thenCompose(
            document -> {
              if (document.isEmpty()) return again(collage, revision);
              recent.put(collage.id(), revision, document.get());
              return CompletableFuture.completedStage(document.get());
            });
  }

  /** A revision whose edits are gone; it may have a snapshot. */
  private CompletionStage<Document> old(StoredCollage collage, long revision) {
    return store
        .snapshot(collage.id(), revision)
        .thenApply(
            snapshot ->
                snapshot
                    .filter(found -> found.revision().getRevision() == revision)
                    .orElseThrow(() -> notFound(revision))
                    .document());
  }

  private CompletionStage<RecentDocuments.Recent> beginning(StoredCollage collage, long revision) {
    long least = Math.max(collage.keptAfter(), retention.snapshotAt(revision));
    Optional<RecentDocuments.Recent> known =
        recent.upTo(collage.id(), revision).filter(r -> r.revision() >= least);
    if (known.isPresent()) return CompletableFuture.completedStage(known.get());
    return store
        .snapshot(collage.id(), revision)
        .thenApply(
            snapshot ->
                snapshot
                    .map(s -> new RecentDocuments.Recent(s.revision().getRevision(), s.document()))
                    .orElseThrow(() -> notFound(revision)));
  }

  /** Applies the edits after a revision up to another; empty when one of them is gone. */
  private CompletionStage<Optional<Document>> replay(
      long collageId, long from, Document document, long to) {
    if (from == to) return CompletableFuture.completedStage(Optional.of(document));
    int count = (int) Math.min(CHUNK, to - from);
    return store
        .edits(collageId, from, count)
        .thenComposeAsync(
            edits -> {
              if (edits.size() < count || edits.get(0).getRevision() != from + 1) {
                return CompletableFuture.completedStage(Optional.empty());
              }
              Document next = document;
              for (Edit edit : edits) next = editor.replay(next, edit.getOperationsList());
              return replay(collageId, from + count, next, to);
            },
            executor);
  }

  /** Edits were trimmed while they were being read: begins anew from where they are kept now. */
  private CompletionStage<Document> again(StoredCollage before, long revision) {
    return store
        .get(before.id())
        .thenCompose(
            now -> {
              if (now.isEmpty() || now.get().keptAfter() == before.keptAfter()) {
                throw ApiException.internal(
                    new IllegalStateException(
                        "an edit up to %d of collage %d is missing"
                            .formatted(revision, before.id())));
              }
              return document(now.get(), revision);
            });
  }

  /** Remembers the document that an edit made. */
  void remember(long collageId, long revision, Document document) {
    recent.put(collageId, revision, document);
  }

  /** The revisions below one that can be read, newest first. */
  public CompletionStage<List<Revision>> revisions(StoredCollage collage, long below, int limit) {
    long top = Math.min(below, collage.revision() + 1);
    int count = (int) Math.max(0, Math.min(limit, top - 1 - collage.keptAfter()));
    return edited(collage.id(), top, count)
        .thenCompose(
            edited ->
                edited.size() == limit
                    ? CompletableFuture.completedStage(edited)
                    : store
                        .snapshots(collage.id())
                        .thenApply(old -> withOld(edited, old, collage, top, limit)));
  }

  private CompletionStage<List<Revision>> edited(long collageId, long below, int count) {
    if (count == 0) return CompletableFuture.completedStage(List.of());
    return store
        .traces(collageId, below, count)
        .thenApply(traces -> traces.stream().map(Entry.Trace::revision).toList());
  }

  private static List<Revision> withOld(
      List<Revision> edited, List<Revision> old, StoredCollage collage, long below, int limit) {
    Stream<Revision> kept =
        old.stream()
            .filter(revision -> revision.getRevision() < below)
            .filter(revision -> revision.getRevision() <= collage.keptAfter());
    return Stream.concat(edited.stream(), kept).limit(limit).toList();
  }

  /** The edits after a revision, oldest first; fails with EDITS_EXPIRED when they are not kept. */
  public CompletionStage<List<Edit>> edits(StoredCollage collage, long after, int limit) {
    if (after < collage.keptAfter()) return CompletableFuture.failedStage(expired(after));
    return store
        .edits(collage.id(), after, limit)
        .thenApply(
            edits -> {
              if (!edits.isEmpty() && edits.get(0).getRevision() != after + 1) {
                throw expired(after);
              }
              return edits;
            });
  }

  /** Fails with EDITS_EXPIRED when edits after a revision are kept no more. */
  static void requireKept(StoredCollage collage, long after) {
    if (after < collage.keptAfter()) throw expired(after);
  }

  private static ApiException expired(long after) {
    return ApiException.outOfRange(
        ErrorReason.ERROR_REASON_EDITS_EXPIRED,
        "after_revision",
        Long.toString(after),
        "The edits after this revision are kept no more.");
  }
}
