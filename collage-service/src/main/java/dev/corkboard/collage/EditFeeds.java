// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import dev.corkboard.platform.schedule.Periodic;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells watchers of collages about new revisions: at once of those made in this process, and soon
 * of those made in others, by looking at what is watched.
 */
final class EditFeeds implements AutoCloseable {
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(10);

  private final CollageStore store;
  private final Map<Long, Set<Watcher>> watched = new ConcurrentHashMap<>();
  private final Periodic looking;

  /** Who watches a collage. Called often and from any thread: it must be quick. */
  interface Watcher {
    /** There is this revision, or there may be a later one. */
    void onRevision(long revision);

    /** No more comes from this process; watch elsewhere. */
    void onEnd();
  }

  /**
   * Feeds of what a store keeps.
   *
   * @param period how often what is watched is looked at
   */
  EditFeeds(CollageStore store, Duration period) {
    this.store = store;
    this.looking = Periodic.start("edit-feeds", period, LOOK_LIMIT, this::look);
  }

  void add(long collageId, Watcher watcher) {
    watched.compute(
        collageId,
        (id, before) -> {
          Set<Watcher> watchers = before == null ? ConcurrentHashMap.newKeySet() : before;
          watchers.add(watcher);
          return watchers;
        });
  }

  void remove(long collageId, Watcher watcher) {
    watched.computeIfPresent(
        collageId,
        (id, watchers) -> {
          watchers.remove(watcher);
          return watchers.isEmpty() ? null : watchers;
        });
  }

  /** An edit was made here. */
  void edited(long collageId, long revision) {
    for (Watcher watcher : watched.getOrDefault(collageId, Set.of())) {
      watcher.onRevision(revision);
    }
  }

  /** Ends all that is watched: the process is about to stop. */
  void end() {
    watched.values().forEach(watchers -> watchers.forEach(Watcher::onEnd));
  }

  private CompletionStage<Void> look() {
    return CompletableFuture.allOf(
        watched.keySet().stream()
            .map(id -> look(id).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletionStage<Void> look(long collageId) {
    return store
        .get(collageId)
        .thenAccept(found -> edited(collageId, found.map(StoredCollage::revision).orElse(0L)));
  }

  @Override
  public void close() {
    looking.close();
  }
}
