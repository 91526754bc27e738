// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The medians of a run, as a table. */
final class Figures {
  private final Map<String, List<Sample>> samples;

  /**
   * A column of ratios to another row.
   *
   * @param reference the row to compare a row with, by its name
   */
  record Ratio(
      String header,
      ToDoubleFunction<Sample> figure,
      Function<String, Optional<String>> reference) {}

  Figures(Map<String, List<Sample>> samples) {
    this.samples = samples;
  }

  /** The median ratio of two rows, or empty unless both were measured. */
  OptionalDouble ratio(String name, String reference, ToDoubleFunction<Sample> figure) {
    List<Sample> rows = samples.getOrDefault(name, List.of());
    List<Sample> others = samples.getOrDefault(reference, List.of());
    if (rows.isEmpty() || others.isEmpty()) return OptionalDouble.empty();
    double ratio = Median.ofRatios(rows, figure, others, figure);
    return Double.isFinite(ratio) && ratio > 0 ? OptionalDouble.of(ratio) : OptionalDouble.empty();
  }

  /** The median of one row, or empty unless it was measured. */
  OptionalDouble median(String name, ToDoubleFunction<Sample> figure) {
    List<Sample> rows = samples.getOrDefault(name, List.of());
    return rows.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Median.of(rows, figure));
  }

  MarkdownTable table(List<Ratio> ratios) {
    List<String> header =
        new ArrayList<>(
            List.of(
                "",
                "edge",
                "pin",
                "board",
                "account, collage",
                "Cassandra",
                "Redis",
                "all",
                "requests/s",
                "p50 ms",
                "p99",
                "p99.9"));
    ratios.forEach(ratio -> header.add(ratio.header()));
    MarkdownTable table = new MarkdownTable(header);
    samples.forEach((name, rows) -> table.row(row(name, rows, ratios)));
    return table;
  }

  private List<String> row(String name, List<Sample> rows, List<Ratio> ratios) {
    long failed = rows.stream().mapToLong(sample -> sample.load().failed()).sum();
    List<String> cells = new ArrayList<>();
    cells.add(failed == 0 ? name : name + " (" + failed + " FAILED)");
    cells.add(cpu(rows, Processes.FRONT));
    cells.add(cpu(rows, Processes.PIN));
    cells.add(cpu(rows, Processes.BOARD));
    cells.add(cpu(rows, Processes.ACCOUNT, Processes.COLLAGE));
    cells.add(cpu(rows, Processes.CASSANDRA));
    cells.add(cpu(rows, Processes.REDIS));
    cells.add(MarkdownTable.figure(Median.of(rows, Sample::cpu)));
    cells.add(
        String.format(Locale.ROOT, "%,.0f", Median.of(rows, sample -> sample.load().perSecond())));
    for (double percentile : new double[] {50, 99, 99.9}) {
      cells.add(MarkdownTable.figure(Median.of(rows, sample -> sample.load().millis(percentile))));
    }
    for (Ratio ratio : ratios) {
      OptionalDouble value =
          ratio
              .reference()
              .apply(name)
              .map(reference -> ratio(name, reference, ratio.figure()))
              .orElse(OptionalDouble.empty());
      cells.add(value.isEmpty() ? MarkdownTable.NONE : MarkdownTable.figure(value.getAsDouble()));
    }
    return cells;
  }

  private static String cpu(List<Sample> rows, String... processes) {
    boolean takesPart = false;
    for (String process : processes) takesPart |= rows.get(0).cpuMicros().containsKey(process);
    if (!takesPart) return MarkdownTable.NONE;
    return MarkdownTable.figure(
        Median.of(
            rows,
            sample -> {
              double sum = 0;
              for (String process : processes) sum += sample.cpuOf(process);
              return sum;
            }));
  }
}
