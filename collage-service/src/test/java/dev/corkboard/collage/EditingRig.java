// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import static dev.corkboard.collage.Fixtures.await;
import static dev.corkboard.collage.Fixtures.request;

import dev.corkboard.collage.document.Documents;
import dev.corkboard.collage.document.Editor;
import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Operation;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The editing of collages over a store. */
final class EditingRig {
  private static final long RECENT_BYTES = 1 << 20;

  private final CollageStore store;
  private final CollageHistory history;
  private final Compaction compaction;
  private final CollageEditing editing;

  /** What is being done to the publication of every collage. */
  Optional<Publishing> publishing = Optional.empty();

  EditingRig(CollageStore store, Retention retention) {
    this(store, retention, RECENT_BYTES);
  }

  private EditingRig(CollageStore store, Retention retention, long recentBytes) {
    Editor editor = new Editor(Documents.RULES);
    this.store = store;
    history = new CollageHistory(store, editor, retention, recentBytes, Runnable::run);
    compaction =
        new Compaction(
            store, id -> CompletableFuture.completedStage(publishing), history, retention);
    editing =
        new CollageEditing(
            store, history, editor, compaction, retention, Clock.systemUTC(), Runnable::run);
  }

  /** On the same store, remembering nothing. */
  static EditingRig forgetful(CollageStore store, Retention retention) {
    return new EditingRig(store, retention, 0);
  }

  CollageHistory history() {
    return history;
  }

  Compaction compaction() {
    return compaction;
  }

  CollageEditing editing() {
    return editing;
  }

  StoredCollage create(long ownerId, Document document) {
    StoredCollage collage = Fixtures.collage(ownerId);
    await(store.create(collage, document));
    return collage;
  }

  StoredCollage read(StoredCollage collage) {
    return await(store.get(collage.id())).orElseThrow();
  }

  Document document(StoredCollage collage) {
    StoredCollage now = read(collage);
    return await(history.document(now, now.revision()));
  }

  /** An edit by an account, made of the collage as it is. */
  Edit edit(StoredCollage collage, long actorId, Operation... operations) {
    return await(
        editing.edit(
            collage.id(), actorId, read(collage).revision(), List.of(operations), request("edit")));
  }

  Edit edit(StoredCollage collage, Operation... operations) {
    return edit(collage, collage.ownerId(), operations);
  }

  Edit undo(StoredCollage collage, long actorId) {
    return await(editing.undo(collage.id(), actorId, request("undo")));
  }
}
