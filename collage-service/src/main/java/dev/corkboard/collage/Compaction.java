// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.collage.store.v1.Publishing;
import dev.corkboard.collage.v1.Revision;
import dev.corkboard.platform.cassandra.Attempts;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what is kept of a collage's past, as {@link Retention} says. It first writes the snapshots
 * that are to stay and then, in one transaction, deletes what they stand for: it may end anywhere,
 * and the next run does the rest.
 */
public final class Compaction {
  private static final Logger log = LoggerFactory.getLogger(Compaction.class);

  private final CollageStore store;
  private final LongFunction<CompletionStage<Optional<Publishing>>> publishings;
  private final CollageHistory history;
  private final Retention retention;

  /**
   * Keeps to a retention.
   *
   * @param publishings what is being done to the publication of a collage
   */
  public Compaction(
      CollageStore store,
      LongFunction<CompletionStage<Optional<Publishing>>> publishings,
      CollageHistory history,
      Retention retention) {
    this.store = store;
    this.publishings = publishings;
    this.history = history;
    this.retention = retention;
  }

  /** Compacts behind an edit when it is time to; failures are left to the next run. */
  void after(long collageId, long revision) {
    if (retention.snapshotAt(revision) != revision) return;
    compact(collageId)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) return;
              log.atWarn()
                  .addKeyValue("collage", collageId)
                  .setCause(failure)
                  .log("collage not compacted");
            });
  }

  /** Compacts a collage now. */
  public CompletionStage<Void> compact(long collageId) {
    return Attempts.until(
            () ->
                store
                    .get(collageId)
                    .thenCompose(
                        found ->
                            found
                                .map(this::compact)
                                .orElseGet(
                                    () -> CompletableFuture.completedStage(Optional.of(true)))))
        .thenAccept(done -> {});
  }

  /** Empty when another one trimmed or published the collage meanwhile. */
  private CompletionStage<Optional<Boolean>> compact(StoredCollage collage) {
    return publishings
        .apply(collage.id())
        .thenCombine(
            store.sizes(collage.id(), collage.keptAfter()),
            (publishing, sizes) ->
                compact(collage, upTo(collage, sizes), shown(collage, publishing)))
        .thenCompose(stage -> stage);
  }

  /** The revisions that others see, or will. */
  private static Set<Long> shown(StoredCollage collage, Optional<Publishing> publishing) {
    Set<Long> shown = new HashSet<>();
    if (collage.publishedRevision() >= 0) shown.add(collage.publishedRevision());
    publishing
        .filter(Publishing::hasShowing)
        .ifPresent(showing -> shown.add(showing.getShowing().getRevision()));
    return shown;
  }

  /** The revision up to which edits go; those that came since the collage was read do not count. */
  private long upTo(StoredCollage collage, List<Integer> sizes) {
    long known = Math.min(sizes.size(), collage.revision() - collage.keptAfter());
    return retention.trimmedTo(collage.revision(), sizes.subList(0, (int) known));
  }

  private CompletionStage<Optional<Boolean>> compact(
      StoredCollage collage, long upTo, Set<Long> shown) {
    return store
        .snapshots(collage.id())
        .thenApply(
            snapshots -> snapshots.stream().map(Revision::getRevision).collect(Collectors.toSet()))
        .thenCompose(there -> write(collage, missing(collage, upTo, shown, there)))
        .thenCompose(
            written ->
                upTo <= collage.keptAfter()
                    ? CompletableFuture.completedStage(true)
                    : store.trim(collage, upTo, kept(upTo, shown)))
        .thenApply(trimmed -> trimmed ? Optional.of(true) : Optional.empty());
  }

  private SortedSet<Long> missing(
      StoredCollage collage, long upTo, Set<Long> shown, Set<Long> there) {
    SortedSet<Long> missing = new TreeSet<>(kept(upTo, shown).tailSet(collage.keptAfter()));
    missing.add(Math.max(upTo, collage.keptAfter()));
    missing.add(retention.snapshotAt(collage.revision()));
    missing.removeAll(there);
    return missing;
  }

  /** The revisions below one whose snapshots stay. */
  private SortedSet<Long> kept(long upTo, Set<Long> shown) {
    long every = retention.oldSnapshotEvery();
    SortedSet<Long> kept =
        LongStream.iterate((upTo - 1) / every * every, at -> at >= 0, at -> at - every)
            .limit(retention.oldSnapshots())
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new));
    kept.addAll(shown);
    return new TreeSet<>(kept.headSet(upTo));
  }

  private CompletionStage<Void> write(StoredCollage collage, SortedSet<Long> revisions) {
    CompletionStage<Void> written = CompletableFuture.completedStage(null);
    for (long revision : revisions) written = written.thenCompose(v -> write(collage, revision));
    return written;
  }

  private CompletionStage<Void> write(StoredCollage collage, long revision) {
    return store
        .traces(collage.id(), revision + 1, 1)
        .thenCombine(
            history.document(collage, revision),
            (traces, document) -> new Snapshot(traces.get(0).revision(), document))
        .thenCompose(snapshot -> store.putSnapshot(collage.id(), snapshot));
  }
}
