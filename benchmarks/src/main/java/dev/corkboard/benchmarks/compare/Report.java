// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import dev.corkboard.benchmarks.compare.Figures.Ratio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tables of a run, with what a reader must know to read them. */
final class Report {
  private final StringBuilder text = new StringBuilder();
  private boolean failed;

  void setting(int rounds, double seconds, int connections) {
    text.append(
        String.format(
            Locale.ROOT,
            "%s, %d cores of %s, Java %s: medians of %d rounds of %s s each, %d requests in flight.%n",
            LocalDate.now(ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            processor(),
            Runtime.version().feature(),
            rounds,
            MarkdownTable.figure(seconds),
            connections));
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("an unknown processor");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void reads(Figures figures, List<Ratio> ratios, Map<String, List<Sample>> samples) {
    add("Floors, Corkboard, peers: CPU microseconds a request by process", figures.table(ratios));
    add(Aims.ofReads(figures));
    note(samples);
  }

  void growth(Figures figures, List<Ratio> ratios, Map<String, List<Sample>> samples) {
    add("Growth: pages of 25, and saves", figures.table(ratios));
    add(Aims.ofGrowth(figures, List.copyOf(samples.keySet())));
    note(samples);
  }

  void memory(MarkdownTable processes, MarkdownTable allocation) {
    add("Start and memory of each process, after all of the above", processes);
    text.append('\n').append(allocation);
  }

  private void add(String title, MarkdownTable table) {
    text.append("\n**").append(title).append("**\n\n").append(table);
  }

  private void add(List<String> aims) {
    if (!aims.isEmpty()) text.append('\n').append(String.join("\n", aims)).append('\n');
  }

  private void note(Map<String, List<Sample>> samples) {
    failed |=
        samples.values().stream()
            .flatMap(List::stream)
            .anyMatch(sample -> sample.load().failed() > 0);
  }

  /** Whether any answer was not the expected one. */
  boolean failed() {
    return failed;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
