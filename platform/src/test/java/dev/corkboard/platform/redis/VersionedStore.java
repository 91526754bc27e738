// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import com.google.protobuf.Int64Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The store behind the caches under test: a version per id; a load may be held up half way. */
final class VersionedStore {

  /** A load that has read its value and not yet answered. */
  final class HeldLoad {
    private final Optional<Int64Value> seen;
    private final CompletableFuture<Optional<Int64Value>> answer = new CompletableFuture<>();

    private HeldLoad(String id) {
      this.seen = read(id);
    }

    void answer() {
      answer.complete(seen);
    }
  }

  private final Map<String, Long> versions = new ConcurrentHashMap<>();
  private final AtomicInteger loads = new AtomicInteger();
  private final List<HeldLoad> held = new CopyOnWriteArrayList<>();
  final List<Collection<String>> batches = new CopyOnWriteArrayList<>();
  private volatile int hold;

  VersionedStore put(String id, long version) {
    versions.put(id, version);
    return this;
  }

  int loads() {
    return loads.get();
  }

  /** The next loads stop after reading. */
  void holdLoads(int count) {
    hold = count;
  }

  HeldLoad held(int index) {
    return held.get(index);
  }

  int heldCount() {
    return held.size();
  }

  private Optional<Int64Value> read(String id) {
    return Optional.ofNullable(versions.get(id)).map(Int64Value::of);
  }

  Supplier<CompletionStage<Optional<Int64Value>>> loader(String id) {
    return () -> {
      synchronized (this) {
        loads.incrementAndGet();
        if (hold > 0) {
          hold--;
          HeldLoad load = new HeldLoad(id);
          held.add(load);
          return load.answer;
        }
        return CompletableFuture.completedFuture(read(id));
      }
    };
  }

  CompletionStage<Map<String, Int64Value>> loadAll(Collection<String> ids) {
    batches.add(new ArrayList<>(ids));
    Map<String, Int64Value> found = new LinkedHashMap<>();
    ids.forEach(id -> read(id).ifPresent(value -> found.put(id, value)));
    return CompletableFuture.completedFuture(found);
  }

  Supplier<CompletionStage<Long>> commit(String id, long version) {
    return () -> {
      put(id, version);
      return CompletableFuture.completedFuture(version);
    };
  }
}
