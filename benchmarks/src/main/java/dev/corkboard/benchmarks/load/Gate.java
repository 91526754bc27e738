// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

/** Keeps those who use something and those who take it away apart; nobody waits. */
final class Gate {
  private int inside;
  private boolean closed;

  synchronized boolean enter() {
    if (closed) return false;
    inside++;
    return true;
  }

  synchronized void leave() {
    inside--;
  }

  /** Closes it if nobody is inside. */
  synchronized boolean close() {
    if (closed || inside > 0) return false;
    closed = true;
    return true;
  }

  synchronized void open() {
    closed = false;
  }
}
