// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The protocol's rules without Redis and without expiry, and a record of the steps taken. */
final class InMemoryProtocol implements CacheProtocol {

  final List<String> steps = new ArrayList<>();
  private final Map<String, byte[]> values = new HashMap<>();
  private final Map<String, Set<String>> leases = new HashMap<>();
  private final Map<String, Set<String>> guards = new HashMap<>();
  private Runnable onGuard = () -> {};

  /** Runs while a guard is being placed, as a pause of the process would. */
  void onGuard(Runnable pause) {
    onGuard = pause;
  }

  private boolean guarded(String id) {
    return !guards.getOrDefault(id, Set.of()).isEmpty();
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  @Override
  public synchronized CompletionStage<List<byte[]>> get(List<String> ids) {
    return done(ids.stream().map(values::get).collect(Collectors.toList()));
  }

  @Override
  public synchronized CompletionStage<Lease> lease(String id, String token) {
    steps.add("lease " + id);
    if (values.containsKey(id)) {
      return done(new Lease(Lease.Kind.HIT, values.get(id)));
    }
    if (guarded(id)) {
      return done(new Lease(Lease.Kind.GUARDED, null));
    }
    leases.computeIfAbsent(id, k -> new HashSet<>()).add(token);
    return done(new Lease(Lease.Kind.TAKEN, null));
  }

  @Override
  public synchronized CompletionStage<Boolean> fill(
      String id, String token, byte[] value, long lifeMillis) {
    steps.add("fill " + id);
    boolean valid = leases.getOrDefault(id, new HashSet<>()).remove(token) && !guarded(id);
    if (valid) {
      values.put(id, value);
    }
    return done(valid);
  }

  @Override
  public synchronized CompletionStage<Void> guard(String id, String token) {
    steps.add("guard " + id);
    guards.computeIfAbsent(id, k -> new HashSet<>()).add(token);
    delete(id);
    onGuard.run();
    return done(null);
  }

  @Override
  public synchronized CompletionStage<Void> release(String id, String token) {
    steps.add("release " + id);
    guards.computeIfAbsent(id, k -> new HashSet<>()).remove(token);
    delete(id);
    return done(null);
  }

  @Override
  public synchronized CompletionStage<Void> forget(Collection<String> ids) {
    steps.add("forget " + ids);
    ids.forEach(this::delete);
    return done(null);
  }

  /** The deadline of some writers' guards passes. */
  synchronized void expireGuards(Predicate<String> token) {
    guards.values().forEach(tokens -> tokens.removeIf(token));
  }

  /** Values and leases are gone, for want of memory. */
  synchronized void evictValues() {
    values.clear();
    leases.clear();
  }

  /** Redis was restarted or flushed. */
  synchronized void forgetEverything() {
    evictValues();
    guards.clear();
  }

  private void delete(String id) {
    values.remove(id);
    leases.remove(id);
  }
}
