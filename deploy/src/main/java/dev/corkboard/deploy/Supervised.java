// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.stores.RunningProcess;
import dev.corkboard.stores.StartFailedException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** One child under a {@link Supervisor}, whichever process it runs in at the moment. */
final class Supervised implements AutoCloseable {
  private final Supervisor supervisor;
  private final String part;
  private final String name;
  private final Supplier<? extends RunningProcess> start;
  private RunningProcess process;
  private long startedAt;
  private int restarts;
  private Optional<Thread> restarting = Optional.empty();
  private boolean closed;

  Supervised(
      Supervisor supervisor,
      String part,
      String name,
      Supplier<? extends RunningProcess> start,
      RunningProcess first) {
    this.supervisor = supervisor;
    this.part = part;
    this.name = name;
    this.start = start;
    watch(first);
  }

  private synchronized void watch(RunningProcess running) {
    process = running;
    startedAt = supervisor.nanoTime();
    running.onExit().thenAccept(this::died);
  }

  private synchronized void died(int exitCode) {
    if (closed) return;
    String why = "ended unexpectedly (exit code " + exitCode + ")";
    if (!supervisor.isReady()) {
      supervisor.givenUp(name, why);
      return;
    }
    if (supervisor.nanoTime() - startedAt >= Supervisor.LONG_ENOUGH.toNanos()) restarts = 0;
    Thread thread = new Thread(() -> restart(why), "restart-" + part);
    restarting = Optional.of(thread);
    thread.start();
  }

  private void restart(String why) {
    String reason = why;
    try {
      while (mayRestart(reason)) {
        supervisor.pause(announce(reason));
        try {
          adopt(start.get());
          return;
        } catch (StartFailedException e) {
          reason = "could not be started again: " + e.getMessage();
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean mayRestart(String why) {
    if (closed) return false;
    restarts++;
    if (restarts > Supervisor.RESTARTS) {
      supervisor.givenUp(name, why);
      return false;
    }
    return true;
  }

  private synchronized Duration announce(String why) {
    Duration pause = Supervisor.pauseBefore(restarts);
    supervisor.restarting(name, why, pause);
    return pause;
  }

  private synchronized void adopt(RunningProcess next) {
    if (closed) {
      next.close();
      return;
    }
    watch(next);
    supervisor.restarted(part, name, next.pid());
  }

  /** Ends the child, also one that is just being started again. */
  @Override
  public void close() throws InterruptedException {
    Optional<Thread> starting;
    RunningProcess running;
    synchronized (this) {
      closed = true;
      starting = restarting;
      running = process;
    }
    if (starting.isPresent()) {
      starting.get().interrupt();
      starting.get().join();
    }
    running.close();
  }
}
