// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.saves;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** {@link SaveStore} as a set of saves. */
public final class InMemorySaveStore implements SaveStore {
  private final Set<Save> saves = new HashSet<>();

  @Override
  public synchronized CompletionStage<Void> count(Save save) {
    saves.add(save);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<Void> discount(Save save) {
    saves.remove(save);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Integer> total(String ownerId, LocalDate day) {
    return all(ownerId, day)
        .thenApply(counts -> counts.values().stream().mapToInt(Integer::intValue).sum());
  }

  @Override
  public CompletionStage<Map<String, Integer>> of(
      String ownerId, LocalDate day, Collection<String> pinIds) {
    return all(ownerId, day)
        .thenApply(
            counts -> {
              counts.keySet().retainAll(pinIds);
              return counts;
            });
  }

  @Override
  public synchronized CompletionStage<Map<String, Integer>> all(String ownerId, LocalDate day) {
    return CompletableFuture.completedStage(
        saves.stream()
            .filter(save -> save.ownerId().equals(ownerId) && save.day().equals(day))
            .collect(Collectors.toMap(Save::pinId, save -> 1, Integer::sum)));
  }
}
