// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

/**
 * Something that goes wrong.
 *
 * @param aim whether users are to see no error while it lasts
 */
record Fault(String name, boolean aim, Action action) {
  /** Makes it go wrong, and returns when it is over. */
  @FunctionalInterface
  interface Action {
    void strike() throws InterruptedException;
  }

  /** When a fault struck and when all was well again, in nanoseconds. */
  record Strike(Fault fault, long begun, long over) {}
}
