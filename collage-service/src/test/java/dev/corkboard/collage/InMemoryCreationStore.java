// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

final class InMemoryCreationStore implements CreationStore {
  private record Key(long ownerId, UUID requestId) {}

  private final Map<Key, Known> known = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<Optional<Known>> find(long ownerId, UUID requestId) {
    return CompletableFuture.completedStage(
        Optional.ofNullable(known.get(new Key(ownerId, requestId))));
  }

  @Override
  public CompletionStage<Known> fix(long ownerId, UUID requestId, Known first) {
    Known before = known.putIfAbsent(new Key(ownerId, requestId), first);
    return CompletableFuture.completedStage(before == null ? first : before);
  }
}
