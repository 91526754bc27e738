// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells on the terminal what is being done and how many seconds it took, a line for each step. */
final class Progress {
  private final PrintWriter out;
  private boolean begun;

  Progress(PrintWriter out) {
    this.out = out;
  }

  /** Does the work and returns what it returns, of which the line tells the detail. */
  <T> T step(String name, Supplier<T> work, Function<T, String> detail) {
    long start = System.nanoTime();
    begun = true;
    out.printf(Locale.ROOT, "  %-28s", name);
    out.flush();
    boolean done = false;
    try {
      T result = work.get();
      out.printf(
          Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, detail.apply(result));
      done = true;
      return result;
    } finally {
      if (!done) {
        out.println();
      }
      out.flush();
    }
  }

  void step(String name, Runnable work) {
    step(
        name,
        () -> {
          work.run();
          return "";
        },
        nothing -> "");
  }

  /** Whether anything was told yet. */
  boolean hasBegun() {
    return begun;
  }

  void line(String text) {
    begun = true;
    out.println(text);
    out.flush();
  }
}
