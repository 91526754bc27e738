// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.server.Resources;
import dev.corkboard.stores.RunningProcess;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Starts child processes again when they die: after a pause of a second, doubled each time up to
 * ten. A child that dies before the suite is ready, or six times without ever staying up for a
 * minute, stops everything.
 */
final class Supervisor {
  static final int RESTARTS = 6;
  static final Duration LONG_ENOUGH = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Readiness readiness;
  private final StopSignal stop;
  private final Progress progress;
  private final LongSupplier nanoTime;
  private final Pause pause;

  /** Waits. */
  interface Pause {
    void take(Duration length) throws InterruptedException;
  }

  Supervisor(Readiness readiness, StopSignal stop, Progress progress) {
    this(readiness, stop, progress, System::nanoTime, length -> Thread.sleep(length.toMillis()));
  }

  Supervisor(
      Readiness readiness, StopSignal stop, Progress progress, LongSupplier nanoTime, Pause pause) {
    this.readiness = readiness;
    this.stop = stop;
    this.progress = progress;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /**
   * Starts a child and keeps it running until the resources are closed.
   *
   * @param part what {@code ready.json} calls it
   * @param name what people call it
   * @param start starts it, the same way each time; fails with a {@code StartFailedException}
   */
  <T extends RunningProcess> T start(
      String part, String name, Supplier<T> start, Resources resources) {
    T first = start.get();
    resources.add(new Supervised(this, part, name, start, first));
    return first;
  }

  static Duration pauseBefore(int restart) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << (restart - 1));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  boolean isReady() {
    return readiness.isReady();
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  void pause(Duration length) throws InterruptedException {
    pause.take(length);
  }

  void restarting(String name, String why, Duration pause) {
    progress.line("  " + name + " " + why + "; starting it again in " + pause.toSeconds() + " s");
  }

  void restarted(String part, String name, long pid) {
    readiness.moved(part, pid);
    progress.line("  " + name + " runs again (pid " + pid + ")");
  }

  void givenUp(String name, String why) {
    stop.failed(name + " " + why + "; stopping everything");
  }
}
