// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.benchmarks.ProcFile;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What each process has in memory as a load begins, at its most, and as it ends. */
final class Memory {
  private final List<Part> parts;
  private final List<Double> before;

  /**
   * One process.
   *
   * @param peak since it was started, MiB like the others
   */
  record Row(String part, double before, double peak, double after) {}

  private Memory(List<Part> parts, List<Double> before) {
    this.parts = parts;
    this.before = before;
  }

  static Memory begin(List<Part> parts) {
    return new Memory(parts, parts.stream().map(part -> resident(part)).toList());
  }

  private static double resident(Part part) {
    try {
      return ProcFile.residentMegabytes(part.pid());
    } catch (UncheckedIOException restarting) {
      return Double.NaN;
    }
  }

  private static double peak(Part part) {
    try {
      return ProcFile.peakMegabytes(part.pid());
    } catch (UncheckedIOException restarting) {
      return Double.NaN;
    }
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      rows.add(new Row(part.name(), before.get(i), peak(part), resident(part)));
    }
    return rows;
  }
}
