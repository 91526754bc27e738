// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table of Markdown; the first column is text, all others are figures. */
final class MarkdownTable {
  /** What stands where there is no figure. */
  static final String NONE = "–";

  private final int columns;
  private final List<String> lines = new ArrayList<>();

  MarkdownTable(List<String> header) {
    columns = header.size();
    lines.add(line(header));
    lines.add("|---" + "|--:".repeat(columns - 1) + "|");
  }

  void row(List<String> cells) {
    if (cells.size() != columns)
      throw new IllegalArgumentException("not " + columns + ": " + cells);
    lines.add(line(cells));
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** Three digits that count, and none after the point from 100 on. */
  static String figure(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) return NONE;
    String pattern = value >= 99.95 ? "%,.0f" : value >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, pattern, value);
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
