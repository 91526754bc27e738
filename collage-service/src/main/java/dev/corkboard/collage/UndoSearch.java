// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import com.google.common.collect.Streams;
import dev.corkboard.collage.document.Property;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Finds what an account's next undo takes back, among the edits that are kept. */
final class UndoSearch {
  private static final int PAGE = 100;

  private final CollageStore store;
  private final StoredCollage collage;
  private final String actorId;
  private final Set<Long> undone = new HashSet<>();

  /**
   * An edit to take back.
   *
   * @param inverse the operations that do it
   */
  record Target(long revision, List<Operation> inverse) {}

  private UndoSearch(CollageStore store, StoredCollage collage, long actorId) {
    this.store = store;
    this.collage = collage;
    this.actorId = Long.toString(actorId);
  }

  /**
   * The account's last edit that changed something, is no undo and is not undone. Fails with
   * NOTHING_TO_UNDO when there is none, and with EDIT_CONFLICT when somebody else has changed the
   * same since.
   */
  static CompletionStage<Target> find(CollageStore store, StoredCollage collage, long actorId) {
    return new UndoSearch(store, collage, actorId).below(collage.revision() + 1, List.of());
  }

  /** Looks at a page of edits, given those above it that others made. */
  private CompletionStage<Target> below(long revision, List<Entry.Trace> others) {
    int count = (int) Math.min(PAGE, revision - 1 - collage.keptAfter());
    if (count <= 0) return CompletableFuture.failedStage(nothing());
    return store
        .traces(collage.id(), revision, count)
        .thenCompose(
            page -> {
              if (page.isEmpty()) throw nothing();
              Optional<Entry.Trace> target = page.stream().filter(this::isNext).findFirst();
              List<Entry.Trace> seen =
                  target.map(t -> page.subList(0, page.indexOf(t))).orElse(page);
              List<Entry.Trace> all =
                  Streams.concat(others.stream(), seen.stream().filter(this::isOthers)).toList();
              return target.isPresent()
                  ? inverse(target.get().revision().getRevision(), all)
                  : below(page.get(page.size() - 1).revision().getRevision(), all);
            });
  }

  private boolean isOthers(Entry.Trace trace) {
    return !trace.revision().getActorId().equals(actorId);
  }

  private boolean isNext(Entry.Trace trace) {
    if (isOthers(trace)) return false;
    long undoneRevision = trace.revision().getUndoneRevision();
    if (undoneRevision > 0) undone.add(undoneRevision);
    return undoneRevision == 0
        && trace.undoable()
        && !undone.contains(trace.revision().getRevision());
  }

  private CompletionStage<Target> inverse(long revision, List<Entry.Trace> others) {
    return store
        .inverse(collage.id(), revision)
        .thenApply(
            inverse -> {
              Target target = new Target(revision, inverse.orElseThrow(this::nothing));
              Conflicts.refuse(Property.of(target.inverse()), others);
              return target;
            });
  }

  private ApiException nothing() {
    return ApiException.failedPrecondition(
        ErrorReason.ERROR_REASON_NOTHING_TO_UNDO,
        "collage_id",
        collage.collage().getId(),
        "None of the edits kept is yours and not taken back yet.");
  }
}
