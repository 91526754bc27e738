// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The reader's half: a plain GET; on a miss a lease, a load and a fill that is refused when anyone
 * wrote meanwhile.
 */
final class CacheReads<V extends MessageLite> {

  private static final int ATTEMPTS = 3;

  private final CacheProtocol protocol;
  private final CacheOptions options;
  private final CachedValue<V> values;
  private final RememberedKeys remembered;
  private final CacheTimer timer;
  private final CacheMetrics metrics;
  private final Tokens tokens;
  private final AtomicLong ticks = new AtomicLong();
  private final SingleFlight<Optional<V>> filling = new SingleFlight<>();
  private final SingleFlight<Optional<V>> passing = new SingleFlight<>();

  CacheReads(
      CacheProtocol protocol,
      CacheOptions options,
      CachedValue<V> values,
      RememberedKeys remembered,
      CacheTimer timer,
      CacheMetrics metrics,
      Tokens tokens) {
    this.protocol = protocol;
    this.options = options;
    this.values = values;
    this.remembered = remembered;
    this.timer = timer;
    this.metrics = metrics;
    this.tokens = tokens;
  }

  /** A look into the cache without loading. */
  enum Look {
    HIT,
    MISS,
    /** Redis failed, or must not be asked for this id. */
    PASS
  }

  record Looked<V>(Look look, Optional<V> value) {}

  long tick() {
    return ticks.incrementAndGet();
  }

  CompletionStage<Optional<V>> get(String id, Supplier<CompletionStage<Optional<V>>> loader) {
    long began = tick();
    return look(List.of(id))
        .thenCompose(
            found -> {
              Looked<V> looked = found.get(id);
              return looked.look() == Look.HIT
                  ? CompletableFuture.completedFuture(looked.value())
                  : join(
                      id,
                      began,
                      looked.look(),
                      () -> looked.look() == Look.MISS ? loadAndFill(id, loader) : load(loader));
            });
  }

  /** Looks these ids up with one command. */
  CompletionStage<Map<String, Looked<V>>> look(Collection<String> ids) {
    Map<String, Looked<V>> looked = new LinkedHashMap<>();
    List<String> asked = new ArrayList<>(ids.size());
    for (String id : ids) {
      looked.put(id, pass());
      if (remembered.contains(id)) {
        metrics.bypasses.increment();
      } else {
        asked.add(id);
      }
    }
    if (asked.isEmpty()) {
      return CompletableFuture.completedFuture(looked);
    }
    return protocol
        .get(asked)
        .handle(
            (stored, failure) -> {
              if (failure != null) {
                metrics.readErrors.increment();
                return looked;
              }
              for (int i = 0; i < stored.size(); i++) {
                looked.put(asked.get(i), looked(stored.get(i)));
              }
              return looked;
            });
  }

  private Looked<V> looked(byte[] stored) {
    if (stored == null) {
      metrics.misses.increment();
      return new Looked<>(Look.MISS, Optional.empty());
    }
    try {
      Looked<V> hit = new Looked<>(Look.HIT, values.decode(stored));
      metrics.hits.increment();
      return hit;
    } catch (InvalidProtocolBufferException e) {
      metrics.decodeErrors.increment();
      return pass();
    }
  }

  private static <V> Looked<V> pass() {
    return new Looked<>(Look.PASS, Optional.empty());
  }

  CompletableFuture<Optional<V>> join(
      String id, long began, Look look, Supplier<CompletionStage<Dated<Optional<V>>>> load) {
    return (look == Look.MISS ? filling : passing).join(id, began, load);
  }

  CompletionStage<Dated<Optional<V>>> load(Supplier<CompletionStage<Optional<V>>> loader) {
    long asOf = tick();
    return metrics
        .timeLoad(loader)
        .thenApply(
            value -> new Dated<>(Objects.requireNonNull(value, "the loader gave null"), asOf));
  }

  CompletionStage<Dated<Optional<V>>> loadAndFill(
      String id, Supplier<CompletionStage<Optional<V>>> loader) {
    return loadAndFill(id, loader, timer.nanoTime(), 1);
  }

  /**
   * A refused fill is tried again for the cache's sake: the reader could be given what was loaded.
   * So there is an end to it, after three attempts or when a slow store used up the lease.
   */
  private CompletionStage<Dated<Optional<V>>> loadAndFill(
      String id, Supplier<CompletionStage<Optional<V>>> loader, long started, int attempt) {
    String token = tokens.next();
    return lease(id, token)
        .thenCompose(
            lease -> {
              if (lease.hit() != null) {
                return CompletableFuture.completedFuture(lease.hit());
              }
              CompletionStage<Dated<Optional<V>>> loaded = load(loader);
              if (!lease.taken()) {
                return loaded;
              }
              return loaded.thenCompose(
                  value ->
                      fill(id, token, value)
                          .thenCompose(
                              filled ->
                                  filled.refused() && mayRepeat(started, attempt)
                                      ? loadAndFill(id, loader, started, attempt + 1)
                                      : CompletableFuture.completedFuture(filled.value())));
            });
  }

  private boolean mayRepeat(long started, int attempt) {
    return attempt < ATTEMPTS && timer.nanoTime() - started < options.lease().toNanos();
  }

  /** What a lease brought: a value another reader filled, the right to fill, or neither. */
  record Leased<V>(Dated<Optional<V>> hit, boolean taken) {}

  CompletionStage<Leased<V>> lease(String id, String token) {
    long asOf = tick();
    return protocol
        .lease(id, token)
        .handle(
            (lease, failure) -> {
              if (failure != null) {
                metrics.leaseErrors.increment();
                return new Leased<>(null, false);
              }
              if (lease.kind() != Lease.Kind.HIT) {
                return new Leased<>(null, lease.kind() == Lease.Kind.TAKEN);
              }
              try {
                return new Leased<>(new Dated<>(values.decode(lease.value()), asOf), false);
              } catch (InvalidProtocolBufferException e) {
                metrics.decodeErrors.increment();
                return new Leased<>(null, false);
              }
            });
  }

  record Filled<V>(Dated<Optional<V>> value, boolean refused) {}

  /** A stored value is dated anew: no write was announced between its lease and this fill. */
  CompletionStage<Filled<V>> fill(String id, String token, Dated<Optional<V>> loaded) {
    long asOf = tick();
    return protocol
        .fill(id, token, values.encode(loaded.value()), life(loaded.value().isPresent()))
        .handle(
            (stored, failure) -> {
              if (failure != null) {
                metrics.fillErrors.increment();
                return new Filled<>(loaded, false);
              }
              (stored ? metrics.fillsStored : metrics.fillsRefused).increment();
              return stored
                  ? new Filled<>(new Dated<>(loaded.value(), asOf), false)
                  : new Filled<>(loaded, true);
            });
  }

  /** Between two thirds of the time to live and all of it: 20 % either side of the mean. */
  private long life(boolean present) {
    long longest = (present ? options.ttl() : options.negativeTtl()).toMillis();
    return ThreadLocalRandom.current().nextLong(longest - longest / 3, longest + 1);
  }

  <T> CompletionStage<T> timeLoad(Supplier<CompletionStage<T>> load) {
    return metrics.timeLoad(load);
  }

  static <V> Optional<V> of(Map<String, V> loaded, String id) {
    return Optional.ofNullable(loaded.get(id));
  }
}
