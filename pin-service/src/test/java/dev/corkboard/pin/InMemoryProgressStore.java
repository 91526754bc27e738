// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** {@link ProgressStore} in maps. */
final class InMemoryProgressStore implements ProgressStore {
  private final Map<String, String> positions = new ConcurrentHashMap<>();
  private final Map<String, String> cascades = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<Optional<String>> position(String name) {
    return CompletableFuture.completedStage(Optional.ofNullable(positions.get(name)));
  }

  @Override
  public CompletionStage<Void> savePosition(String name, String position) {
    positions.put(name, position);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Map<String, String>> cascades() {
    return CompletableFuture.completedStage(Map.copyOf(cascades));
  }

  @Override
  public CompletionStage<Void> saveCascade(String boardId, String pageToken) {
    cascades.put(boardId, pageToken);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> endCascade(String boardId) {
    cascades.remove(boardId);
    return CompletableFuture.completedStage(null);
  }
}
