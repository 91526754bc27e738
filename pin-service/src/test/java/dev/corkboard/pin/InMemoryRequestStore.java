// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** {@link RequestStore} in a map. */
final class InMemoryRequestStore implements RequestStore {
  private final Map<String, Known> rows = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<Optional<Known>> find(String ownerId, String requestId) {
    return CompletableFuture.completedStage(Optional.ofNullable(rows.get(ownerId + requestId)));
  }

  @Override
  public CompletionStage<Known> fix(String ownerId, String requestId, Known request) {
    Known before = rows.putIfAbsent(ownerId + requestId, request);
    return CompletableFuture.completedStage(before == null ? request : before);
  }

  @Override
  public CompletionStage<Void> forget(String ownerId, String requestId, String pinId) {
    rows.computeIfPresent(
        ownerId + requestId, (key, known) -> known.pinId().equals(pinId) ? null : known);
    return CompletableFuture.completedStage(null);
  }
}
