// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.benchmarks.load.Fault.Strike;
import dev.corkboard.benchmarks.load.Statistics.Failure;
import dev.corkboard.benchmarks.load.Verdicts.Defect;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** Prints what came of a load, as one table. */
final class Report {
  private static final int EXAMPLES = 3;

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  private void line(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }

  /** How operations were answered; times in milliseconds from when each was to begin. */
  void operations(Statistics statistics, Duration length) {
    line(
        "%-18s %8s %8s %8s %8s %8s  %s",
        "operation", "count", "p50", "p99", "p99.9", "max", "errors");
    Histogram all = new Histogram(3);
    Map<Integer, AtomicLong> errors = new TreeMap<>();
    for (Kind kind : Kind.values()) {
      Histogram times = statistics.times(kind);
      row(kind.text(), times, statistics.errors(kind));
      all.add(times);
      statistics
          .errors(kind)
          .forEach(
              (status, count) ->
                  errors.computeIfAbsent(status, any -> new AtomicLong()).addAndGet(count.get()));
    }
    row("all", all, errors);
    errors.remove(Statistics.NOT_SENT);
    long failed = errors.values().stream().mapToLong(AtomicLong::get).sum();
    double good = (all.getTotalCount() - failed) / (length.toMillis() / 1e3);
    line("goodput: %.1f operations a second without an error", good);
    line("repeats of writes whose outcome was not known: %d", statistics.repeats());
  }

  private void row(String name, Histogram times, Map<Integer, AtomicLong> errors) {
    line(
        "%-18s %8d %8.1f %8.1f %8.1f %8.1f  %s",
        name,
        times.getTotalCount(),
        times.getValueAtPercentile(50) / 1e3,
        times.getValueAtPercentile(99) / 1e3,
        times.getValueAtPercentile(99.9) / 1e3,
        times.getMaxValue() / 1e3,
        errors(errors));
  }

  private static String errors(Map<Integer, AtomicLong> errors) {
    if (errors.isEmpty()) return "-";
    return new TreeMap<>(errors)
        .entrySet().stream()
            .map(error -> status(error.getKey()) + ": " + error.getValue())
            .collect(Collectors.joining(", "));
  }

  private static String status(int status) {
    return switch (status) {
      case Statistics.NOT_SENT -> "not sent";
      case 0 -> "no answer";
      default -> Integer.toString(status);
    };
  }

  /** MiB of each process. */
  void memory(List<Memory.Row> rows) {
    line("");
    line("%-20s %8s %8s %8s", "memory, MiB", "before", "peak", "after");
    for (Memory.Row row : rows) {
      line("%-20s %8.0f %8.0f %8.0f", row.part(), row.before(), row.peak(), row.after());
    }
  }

  /** What users saw of each fault, and outside of all. */
  void faults(Statistics statistics, List<Strike> strikes, long start) {
    line("");
    line("%-20s %8s %8s %8s  %s", "fault", "at s", "for s", "errors", "aim");
    List<Failure> outside = new ArrayList<>(statistics.failures());
    for (Strike strike : strikes) {
      List<Failure> during =
          statistics.failures().stream()
              .filter(one -> one.intended() < strike.over() && one.answered() > strike.begun())
              .toList();
      outside.removeAll(during);
      line(
          "%-20s %8.1f %8.1f %8d  %s",
          strike.fault().name(),
          (strike.begun() - start) / 1e9,
          (strike.over() - strike.begun()) / 1e9,
          during.size(),
          aim(strike.fault(), during.size()));
      during.stream().limit(EXAMPLES).forEach(this::failure);
    }
    line("%-20s %8s %8s %8d  %s", "outside of faults", "", "", outside.size(), "0");
    outside.stream().limit(EXAMPLES).forEach(this::failure);
  }

  private void failure(Failure failure) {
    String text = failure.text();
    line("    %s %s", status(failure.status()), text.substring(0, Math.min(text.length(), 150)));
  }

  private static String aim(Fault fault, int errors) {
    if (!fault.aim()) return "none";
    return errors == 0 ? "0, met" : "0, missed";
  }

  /** What the oracle says; everything but 0 is a defect. */
  void verdicts(Verdicts verdicts, long acknowledged) {
    line("");
    line("oracle: %d answers compared, %d changes acknowledged", verdicts.checked(), acknowledged);
    for (Defect defect : Defect.values()) {
      line(
          "  %-10s %6d  %s",
          defect.name().toLowerCase(Locale.ROOT), verdicts.count(defect), defect.text());
      verdicts.examples(defect).forEach(example -> line("      %s", example));
    }
    line("verdict: %s", verdicts.isClean() ? "clean" : "DEFECTS");
  }
}
