// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import com.google.protobuf.MessageLite;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The misses of one getAll, loaded by one call. Ids join single flights; those this batch leads are
 * collected until {@link #run}, one that takes off later is loaded on its own. A refused fill is
 * not repeated: the answer was loaded after the caller asked.
 */
final class BatchLoad<V extends MessageLite> {

  private record Slot<V>(
      CacheReads.Look look, String token, CompletableFuture<Dated<Optional<V>>> landing) {}

  private final CacheReads<V> reads;
  private final Tokens tokens;
  private final Function<Collection<String>, CompletionStage<Map<String, V>>> loader;
  private final Map<String, Slot<V>> slots = new LinkedHashMap<>();
  private boolean collecting = true;

  BatchLoad(
      CacheReads<V> reads,
      Tokens tokens,
      Function<Collection<String>, CompletionStage<Map<String, V>>> loader) {
    this.reads = reads;
    this.tokens = tokens;
    this.loader = loader;
  }

  CompletableFuture<Optional<V>> join(String id, long began, CacheReads.Look look) {
    return reads.join(id, began, look, () -> takeOff(id, look));
  }

  private synchronized CompletionStage<Dated<Optional<V>>> takeOff(
      String id, CacheReads.Look look) {
    if (collecting) {
      Slot<V> slot = new Slot<>(look, tokens.next(), new CompletableFuture<>());
      slots.put(id, slot);
      return slot.landing();
    }
    Supplier<CompletionStage<Optional<V>>> alone =
        () -> loader.apply(List.of(id)).thenApply(loaded -> CacheReads.of(loaded, id));
    return look == CacheReads.Look.MISS ? reads.loadAndFill(id, alone) : reads.load(alone);
  }

  void run() {
    synchronized (this) {
      collecting = false;
    }
    Map<String, CompletableFuture<CacheReads.Leased<V>>> leases = new LinkedHashMap<>();
    slots.forEach(
        (id, slot) ->
            leases.put(
                id,
                slot.look() == CacheReads.Look.MISS
                    ? reads.lease(id, slot.token()).toCompletableFuture()
                    : CompletableFuture.completedFuture(new CacheReads.Leased<>(null, false))));
    var unused =
        CompletableFuture.allOf(leases.values().toArray(CompletableFuture[]::new))
            .thenRun(() -> load(leases));
  }

  private void load(Map<String, CompletableFuture<CacheReads.Leased<V>>> leases) {
    Map<String, CacheReads.Leased<V>> missing = new LinkedHashMap<>();
    leases.forEach(
        (id, future) -> {
          CacheReads.Leased<V> leased = future.join();
          if (leased.hit() != null) {
            slots.get(id).landing().complete(leased.hit());
          } else {
            missing.put(id, leased);
          }
        });
    if (missing.isEmpty()) {
      return;
    }
    long asOf = reads.tick();
    reads
        .timeLoad(() -> loader.apply(List.copyOf(missing.keySet())))
        .thenApply(loaded -> Objects.requireNonNull(loaded, "the loader gave null"))
        .whenComplete(
            (loaded, failure) ->
                missing.forEach((id, leased) -> land(id, leased, asOf, loaded, failure)));
  }

  private void land(
      String id, CacheReads.Leased<V> leased, long asOf, Map<String, V> loaded, Throwable failure) {
    Slot<V> slot = slots.get(id);
    if (failure != null) {
      slot.landing().completeExceptionally(failure);
      return;
    }
    Dated<Optional<V>> value = new Dated<>(CacheReads.of(loaded, id), asOf);
    if (leased.taken()) {
      reads
          .fill(id, slot.token(), value)
          .whenComplete((filled, e) -> slot.landing().complete(filled.value()));
    } else {
      slot.landing().complete(value);
    }
  }
}
