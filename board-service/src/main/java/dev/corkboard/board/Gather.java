// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.board;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks for many at once. */
public final class Gather {
  private Gather() {}

  /** Those that are there, in the order asked for. */
  public static <K, V> CompletionStage<Map<K, V>> present(
      Collection<K> keys, Function<K, CompletionStage<Optional<V>>> one) {
    Map<K, CompletableFuture<Optional<V>>> asked = new LinkedHashMap<>();
    for (K key : keys) {
      asked.computeIfAbsent(key, k -> one.apply(k).toCompletableFuture());
    }
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .thenApply(
            ok -> {
              Map<K, V> found = new LinkedHashMap<>();
              asked.forEach((key, value) -> value.join().ifPresent(there -> found.put(key, there)));
              return found;
            });
  }
}
