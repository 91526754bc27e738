// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.stores.RunningProcess;
import dev.corkboard.stores.StartFailedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process of the suite, which is started again a second after it ended for whatever reason. */
final class Part implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Part.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String name;
  private final Supplier<? extends RunningProcess> again;
  private RunningProcess process;
  private int starts;
  private boolean closed;

  /**
   * Watches a process that runs.
   *
   * @param again starts it once more; fails with a {@link StartFailedException}
   */
  Part(String name, RunningProcess first, Supplier<? extends RunningProcess> again) {
    this.name = name;
    this.again = again;
    watch(first);
  }

  /** Starts it, twice if need be: on a busy machine the making of tables takes its time. */
  static Part start(String name, Supplier<? extends RunningProcess> start) {
    try {
      return new Part(name, start.get(), start);
    } catch (StartFailedException e) {
      log.warn("{} did not start: {}", name, e.getMessage());
      return new Part(name, start.get(), start);
    }
  }

  String name() {
    return name;
  }

  synchronized long pid() {
    return process.pid();
  }

  private synchronized void watch(RunningProcess running) {
    if (closed) {
      end(running);
      return;
    }
    process = running;
    starts++;
    notifyAll();
    running.onExit().thenAccept(code -> ended(running));
  }

  private void ended(RunningProcess running) {
    synchronized (this) {
      if (closed || process != running) return;
    }
    new Thread(this::restart, "restart-" + name).start();
  }

  private void restart() {
    while (!isClosed()) {
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        watch(again.get());
        return;
      } catch (StartFailedException e) {
        log.warn("{} did not start again: {}", name, e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** How often it was started until now. */
  synchronized int starts() {
    return starts;
  }

  /** SIGKILL. */
  void kill() {
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** SIGTERM. */
  void terminate() {
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroy);
  }

  /**
   * Returns when it was started more often than so.
   *
   * @throws StartFailedException when it takes longer than the limit
   */
  synchronized void awaitStart(int before, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (starts <= before) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new StartFailedException(name + " is not back after " + limit.toSeconds() + " s");
      }
      wait(left);
    }
  }

  /** SIGKILL for good: the data is nobody's. */
  @Override
  public synchronized void close() {
    closed = true;
    end(process);
  }

  private static void end(RunningProcess running) {
    ProcessHandle.of(running.pid()).ifPresent(ProcessHandle::destroyForcibly);
  }
}
