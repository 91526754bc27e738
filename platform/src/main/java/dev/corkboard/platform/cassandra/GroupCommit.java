// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import dev.corkboard.platform.schedule.Stages;
import dev.corkboard.platform.trace.Trail;
import dev.corkboard.platform.trace.Trails;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * Commits changes of one partition together: while one commit of a key runs, others wait, and all
 * that waits is the next commit. So writers of a process never race each other, however many there
 * are, and those who come together share one Paxos round. Who waits is bounded by the calls that
 * are let in. Thread-safe.
 *
 * @param <K> of partitions
 * @param <C> changes, which may be committed again
 */
public final class GroupCommit<K, C> {
  private final int most;
  private final BiFunction<K, List<C>, CompletionStage<Void>> commit;
  private final Map<K, Queue<Waiting<C>>> running = new HashMap<>();

  private record Waiting<C>(C change, Trail trail, CompletableFuture<Void> done) {}

  /**
   * Commits by a function.
   *
   * @param most changes in one commit
   * @param commit of changes in the order they were asked for; one at a time for each key
   */
  public GroupCommit(int most, BiFunction<K, List<C>, CompletionStage<Void>> commit) {
    this.most = most;
    this.commit = commit;
  }

  /** Ends as the commit does that the change is part of. */
  public CompletionStage<Void> add(K key, C change) {
    Waiting<C> one = new Waiting<>(change, Trails.current(), new CompletableFuture<>());
    synchronized (running) {
      Queue<Waiting<C>> waiting = running.get(key);
      if (waiting != null) {
        waiting.add(one);
        return one.done();
      }
      running.put(key, new ArrayDeque<>());
    }
    run(key, List.of(one));
    return one.done();
  }

  private void run(K key, List<Waiting<C>> group) {
    Trail before = Trails.enter(group.get(0).trail());
    List<C> changes = group.stream().map(Waiting::change).toList();
    try {
      Stages.call(() -> commit.apply(key, changes))
          .whenComplete(
              (done, failure) -> {
                next(key);
                group.forEach(one -> Trails.complete(one.done(), one.trail(), null, failure));
              });
    } finally {
      Trails.leave(before);
    }
  }

  private void next(K key) {
    List<Waiting<C>> group = new ArrayList<>();
    synchronized (running) {
      Queue<Waiting<C>> waiting = running.get(key);
      while (!waiting.isEmpty() && group.size() < most) group.add(waiting.remove());
      if (group.isEmpty()) running.remove(key);
    }
    if (!group.isEmpty()) run(key, group);
  }
}
