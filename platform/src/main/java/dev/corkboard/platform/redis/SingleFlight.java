// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import dev.corkboard.platform.schedule.Stages;
import dev.corkboard.platform.trace.Trail;
import dev.corkboard.platform.trace.Trails;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * At most one load a key at a time in this process.
 *
 * <p>A reader who joined too late to be given the result (the value may have changed before the
 * reader began) goes on the next flight together with all others like it, so a key's readers cost
 * one load after another, never one each. A failure is given to all who wait.
 */
final class SingleFlight<V> {

  private record Waiter<V>(
      long began,
      Supplier<CompletionStage<Dated<V>>> load,
      CompletableFuture<V> answer,
      Trail trail) {}

  private final ConcurrentHashMap<String, List<Waiter<V>>> flights = new ConcurrentHashMap<>();

  /**
   * Joins the key's flight or starts one.
   *
   * @param began tick at which the reader began; must be older than any tick {@code load} takes
   */
  CompletableFuture<V> join(String key, long began, Supplier<CompletionStage<Dated<V>>> load) {
    Waiter<V> waiter = new Waiter<>(began, load, new CompletableFuture<>(), Trails.current());
    boolean[] leads = new boolean[1];
    flights.compute(
        key,
        (k, waiting) -> {
          leads[0] = waiting == null;
          List<Waiter<V>> joined = waiting == null ? new ArrayList<>(1) : waiting;
          joined.add(waiter);
          return joined;
        });
    if (leads[0]) {
      fly(key, waiter);
    }
    return waiter.answer();
  }

  private void fly(String key, Waiter<V> leader) {
    Trail before = Trails.enter(leader.trail());
    try {
      Stages.call(leader.load()).whenComplete((loaded, failure) -> land(key, loaded, failure));
    } finally {
      Trails.leave(before);
    }
  }

  private void land(String key, Dated<V> loaded, Throwable failure) {
    List<Waiter<V>> served = new ArrayList<>();
    List<Waiter<V>> late = new ArrayList<>();
    flights.compute(
        key,
        (k, waiting) -> {
          for (Waiter<V> waiter : waiting) {
            boolean given = failure != null || waiter.began() < loaded.asOf();
            (given ? served : late).add(waiter);
          }
          return late.isEmpty() ? null : new ArrayList<>(late);
        });
    if (!late.isEmpty()) {
      fly(key, late.get(0));
    }
    for (Waiter<V> waiter : served) {
      Trails.complete(
          waiter.answer(),
          waiter.trail(),
          failure == null ? loaded.value() : null,
          failure == null ? null : Stages.cause(failure));
    }
  }
}
