// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

final class InMemoryHoldStore implements HoldStore {
  private record Key(String holderId, String sha256) {}

  private final Map<Key, String> held = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<Optional<String>> find(String holderId, String sha256) {
    return CompletableFuture.completedStage(
        Optional.ofNullable(held.get(new Key(holderId, sha256))));
  }

  @Override
  public CompletionStage<String> put(String holderId, String sha256, String assetKey) {
    String before = held.putIfAbsent(new Key(holderId, sha256), assetKey);
    return CompletableFuture.completedStage(before == null ? assetKey : before);
  }

  @Override
  public CompletionStage<Void> release(String holderId) {
    held.keySet().removeIf(key -> key.holderId().equals(holderId));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> forEachAssetKey(Consumer<String> consumer) {
    held.values().forEach(consumer);
    return CompletableFuture.completedStage(null);
  }
}
