// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets one fault after the other strike while a load runs, with time to recover between. */
final class Saboteur implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Saboteur.class);

  private static final Duration BEFORE = Duration.ofSeconds(5);
  private static final Duration BETWEEN = Duration.ofSeconds(5);

  /** No fault begins when less than this is left of the load. */
  private static final Duration LAST = Duration.ofSeconds(10);

  private final List<Fault> faults;
  private final long end;
  private final PrintStream out;
  private final List<Fault.Strike> strikes = new ArrayList<>();
  private final long start = System.nanoTime();

  /**
   * Strikes when run.
   *
   * @param faults in their order, over and over
   * @param length how long the load runs
   */
  Saboteur(List<Fault> faults, Duration length, PrintStream out) {
    this.faults = faults;
    this.end = start + length.toNanos();
    this.out = out;
  }

  @Override
  public void run() {
    if (faults.isEmpty()) return;
    try {
      pause(BEFORE);
      for (int i = 0; System.nanoTime() + LAST.toNanos() < end; i++) {
        strike(faults.get(i % faults.size()));
        pause(BETWEEN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("a fault could not be ended", e);
      out.println("  and could not be ended, so no other follows: " + e.getMessage());
    }
  }

  private void strike(Fault fault) throws InterruptedException {
    long begun = System.nanoTime();
    out.printf(Locale.ROOT, "  at %5.0f s  %s%n", (begun - start) / 1e9, fault.name());
    out.flush();
    fault.action().strike();
    synchronized (this) {
      strikes.add(new Fault.Strike(fault, begun, System.nanoTime()));
    }
  }

  private static void pause(Duration length) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(length.toMillis());
  }

  synchronized List<Fault.Strike> strikes() {
    return List.copyOf(strikes);
  }

  long start() {
    return start;
  }
}
