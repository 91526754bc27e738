// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.benchmarks.ProcFile;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;

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
    return new Memory(
        parts, parts.stream().map(part -> of(part, ProcFile::residentMegabytes)).toList());
  }

  private static double of(Part part, LongToDoubleFunction megabytes) {
    try {
      return megabytes.applyAsDouble(part.pid());
    } catch (UncheckedIOException restarting) {
      return Double.NaN;
    }
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      rows.add(
          new Row(
              part.name(),
              before.get(i),
              of(part, ProcFile::peakMegabytes),
              of(part, ProcFile::residentMegabytes)));
    }
    return rows;
  }
}
