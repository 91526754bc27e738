// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.v1.Document;
import dev.corkboard.collage.v1.Edit;
import dev.corkboard.collage.v1.Operation;
import dev.corkboard.collage.v1.Picture;
import dev.corkboard.collage.v1.Revision;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Keeps collages with their edits. An edit is one transaction on its collage, in which the state,
 * the actor's role, the revision and the request are checked.
 */
public interface CollageStore {
  /**
   * Keeps a new collage with its document, at revision 0, and its pictures. Repeating is no harm.
   */
  CompletionStage<Void> create(StoredCollage collage, Document document);

  /** The collage in whatever state; empty when there never was one. */
  CompletionStage<Optional<StoredCollage>> get(long collageId);

  /**
   * What decides about an edit, as of the last write, those included whose outcome its writer does
   * not know; empty when there is no such collage.
   */
  CompletionStage<Optional<EditFacts>> facts(long collageId, long actorId, UUID requestId);

  /**
   * Keeps an edit, its request and its pictures, when nothing has changed since the facts were
   * read.
   *
   * @return false when something may have: another writer came first, the actor is no editor any
   *     more, or this very edit was kept by an attempt of which no answer came
   */
  CompletionStage<Boolean> append(EditFacts facts, Entry entry, RequestKey request);

  /** The edits after a revision, oldest first. */
  CompletionStage<List<Edit>> edits(long collageId, long after, int limit);

  /** The edits below a revision without their operations, newest first. */
  CompletionStage<List<Entry.Trace>> traces(long collageId, long below, int limit);

  /** The bytes of the edits after a revision, with what takes them back, oldest first. */
  CompletionStage<List<Integer>> sizes(long collageId, long after);

  /** The operations that take an edit back; empty when the edit is not kept. */
  CompletionStage<Optional<List<Operation>>> inverse(long collageId, long revision);

  /** Keeps a snapshot, unless there is one of its revision. */
  CompletionStage<Void> putSnapshot(long collageId, Snapshot snapshot);

  /** The newest snapshot of a revision that is not above this one. */
  CompletionStage<Optional<Snapshot>> snapshot(long collageId, long atMost);

  /** Of which revisions there are snapshots, newest first. */
  CompletionStage<List<Revision>> snapshots(long collageId);

  /**
   * Deletes the edits up to a revision of which there is a snapshot, and the snapshots below it but
   * these.
   *
   * @return false when the collage was trimmed or published since it was read; nothing is deleted
   */
  CompletionStage<Boolean> trim(StoredCollage read, long upTo, Set<Long> keptSnapshots);

  /** Those of the pictures that the collage shows or showed. */
  CompletionStage<List<Picture>> pictures(long collageId, Collection<String> assetKeys);
}
