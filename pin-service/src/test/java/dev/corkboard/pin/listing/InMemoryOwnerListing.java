// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.listing;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** {@link OwnerListing} in maps. */
public final class InMemoryOwnerListing implements OwnerListing {
  private final Map<String, Map<String, Entry>> owners = new HashMap<>();
  private final Map<String, Set<String>> words = new HashMap<>();
  private final Set<UUID> steps = new HashSet<>();

  private Map<String, Entry> of(String ownerId) {
    return owners.computeIfAbsent(ownerId, id -> new HashMap<>());
  }

  @Override
  public synchronized CompletionStage<Void> add(String ownerId, Entry entry, UUID step) {
    if (steps.add(step) && of(ownerId).putIfAbsent(entry.pinId(), bare(entry)) == null) {
      words.put(entry.pinId(), new HashSet<>(entry.words()));
    }
    return done(null);
  }

  private static Entry bare(Entry entry) {
    return new Entry(entry.pinId(), entry.boardId(), entry.type(), entry.saved());
  }

  @Override
  public synchronized CompletionStage<Void> describe(
      String ownerId, String pinId, Set<String> more) {
    if (of(ownerId).containsKey(pinId)) words.get(pinId).addAll(more);
    return done(null);
  }

  @Override
  public synchronized CompletionStage<List<Entry>> search(
      String ownerId, String beforePinId, int limit, String boardId, Collection<String> wanted) {
    List<String> some = wanted.stream().limit(MAX_WORDS).toList();
    return page(ownerId, beforePinId, Integer.MAX_VALUE, Set.of())
        .thenApply(
            all ->
                all.stream()
                    .filter(entry -> boardId.isEmpty() || entry.boardId().equals(boardId))
                    .filter(entry -> words.get(entry.pinId()).containsAll(some))
                    .limit(limit)
                    .toList());
  }

  @Override
  public synchronized CompletionStage<Void> move(
      String ownerId, String pinId, String boardId, UUID step) {
    Entry entry = of(ownerId).get(pinId);
    if (entry != null && steps.add(step)) {
      of(ownerId).put(pinId, new Entry(pinId, boardId, entry.type(), entry.saved()));
    }
    return done(null);
  }

  @Override
  public synchronized CompletionStage<Void> remove(String ownerId, Collection<String> pinIds) {
    of(ownerId).keySet().removeAll(pinIds);
    return done(null);
  }

  @Override
  public synchronized CompletionStage<List<Entry>> page(
      String ownerId, String beforePinId, int limit, Set<String> passedOver) {
    long before = beforePinId.isEmpty() ? Long.MAX_VALUE : Long.parseLong(beforePinId);
    return done(
        of(ownerId).values().stream()
            .filter(entry -> Long.parseLong(entry.pinId()) < before)
            .filter(entry -> !passedOver.contains(entry.boardId()))
            .sorted(
                Comparator.comparingLong((Entry entry) -> Long.parseLong(entry.pinId())).reversed())
            .limit(limit)
            .toList());
  }

  @Override
  public synchronized CompletionStage<Map<String, Integer>> counts(String ownerId) {
    return done(
        of(ownerId).values().stream()
            .collect(Collectors.toMap(Entry::boardId, entry -> 1, Integer::sum)));
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedStage(value);
  }
}
