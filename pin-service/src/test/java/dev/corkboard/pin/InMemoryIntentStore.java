// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.pin.store.v1.Intent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** {@link IntentStore} in a map. */
final class InMemoryIntentStore implements IntentStore {
  private final Map<String, Intent> rows = new ConcurrentHashMap<>();

  private static String key(Intent intent) {
    return IntentStore.bucketOf(intent) + "/" + intent.getId();
  }

  @Override
  public CompletionStage<Void> put(Intent intent) {
    rows.put(key(intent), intent);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> remove(Intent intent) {
    rows.remove(key(intent));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<List<Intent>> list(long bucket) {
    return CompletableFuture.completedStage(
        rows.values().stream().filter(row -> IntentStore.bucketOf(row) == bucket).toList());
  }

  List<Intent> all() {
    return List.copyOf(rows.values());
  }
}
