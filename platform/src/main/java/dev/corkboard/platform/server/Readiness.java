// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * Whether a process should get requests: it has started, is not stopping, and has what it needs.
 */
public final class Readiness {
  private enum State {
    STARTING,
    SERVING,
    DRAINING
  }

  private final Map<String, BooleanSupplier> needs = new ConcurrentSkipListMap<>();
  private final List<Runnable> ends = new CopyOnWriteArrayList<>();
  private volatile State state = State.STARTING;

  /** Makes the process ready only while this holds; asked at each probe, so it must not block. */
  public void needs(String name, BooleanSupplier available) {
    needs.put(name, available);
  }

  /** Everything is open and served. */
  public void started() {
    state = State.SERVING;
  }

  /** Runs once the process drains; for what would go on for as long as somebody listens. */
  public void onDraining(Runnable end) {
    ends.add(end);
  }

  /** No new requests, please: the process was told to stop. */
  void draining() {
    state = State.DRAINING;
  }

  public boolean isDraining() {
    return state == State.DRAINING;
  }

  /**
   * Says that the process drains, gives those who ask the time to notice, and then ends what would
   * not end by itself. Meanwhile everything is served.
   */
  public void drain(Duration delay) {
    draining();
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ends.forEach(Runnable::run);
  }

  /** Why it is not ready, such as {@code starting} or {@code without cassandra}; empty if it is. */
  public Optional<String> obstacle() {
    return switch (state) {
      case STARTING -> Optional.of("starting");
      case DRAINING -> Optional.of("draining");
      case SERVING ->
          needs.entrySet().stream()
              .filter(need -> !need.getValue().getAsBoolean())
              .map(need -> "without " + need.getKey())
              .findFirst();
    };
  }
}
