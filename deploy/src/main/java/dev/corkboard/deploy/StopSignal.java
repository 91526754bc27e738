// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/**
 * Why and when to stop: SIGTERM, Ctrl-C, or a child that died. One thread starts everything and
 * stops everything; it alone waits here, and is interrupted when it is still starting.
 */
final class StopSignal {
  private final Thread owner = Thread.currentThread();
  private final CountDownLatch signalled = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private Optional<String> failure = Optional.empty();
  private boolean stopping;

  /** Takes over SIGTERM and Ctrl-C: the JVM lives on until {@link #finished()}. */
  static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::onShutdown, "stop"));
    return signal;
  }

  /** Something died that should not have. */
  void failed(String reason) {
    signal(Optional.of(reason));
  }

  /** Waits for the first signal. */
  void await() {
    try {
      signalled.await();
    } catch (InterruptedException signalledMeanwhile) {
      Thread.currentThread().interrupt();
    }
  }

  /** From now on the owner stops what it started and is not interrupted any more. */
  synchronized void stopping() {
    stopping = true;
    // Otherwise the first wait for a child to end would give up at once.
    Thread.interrupted();
  }

  /** Ends a start between two steps: an interrupt gets lost in libraries that wait on. */
  void check() {
    if (isSignalled()) {
      throw new CancellationException("told to stop");
    }
  }

  boolean isSignalled() {
    return signalled.getCount() == 0;
  }

  /** What died, when that is why the suite stops. */
  synchronized Optional<String> failure() {
    return failure;
  }

  /** Everything is stopped: the process may end. */
  void finished() {
    finished.countDown();
  }

  private synchronized void signal(Optional<String> reason) {
    if (!stopping && !isSignalled()) {
      failure = reason;
      signalled.countDown();
      owner.interrupt();
    }
  }

  private void onShutdown() {
    signal(Optional.empty());
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
