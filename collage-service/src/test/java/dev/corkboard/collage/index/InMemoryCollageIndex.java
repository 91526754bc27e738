// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.index;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

public final class InMemoryCollageIndex implements CollageIndex {
  private final Map<Key, NavigableSet<Long>> entries = new ConcurrentHashMap<>();

  private NavigableSet<Long> of(Key key) {
    return entries.computeIfAbsent(key, any -> new ConcurrentSkipListSet<>());
  }

  @Override
  public CompletionStage<Void> add(Key key, long collageId) {
    of(key).add(collageId);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> remove(Key key, long collageId) {
    of(key).remove(collageId);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<List<Long>> find(Key key, long before, int limit) {
    return CompletableFuture.completedStage(
        of(key).headSet(before, false).descendingSet().stream().limit(limit).toList());
  }
}
