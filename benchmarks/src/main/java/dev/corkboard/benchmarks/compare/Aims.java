// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What is aimed at, beside what was measured. */
final class Aims {
  private final List<String> lines = new ArrayList<>();

  private Aims() {}

  /** Those of the reads; what was not measured is left out. */
  static List<String> ofReads(Figures figures) {
    Aims aims = new Aims();
    String vertx = PeerSubjects.pin(PeerSubjects.VERTX);
    aims.add(
        "GET pin, CPU of the edge alone, to Vert.x's",
        figures.ratio(OurSubjects.PIN, vertx, Sample::frontCpu),
        1);
    aims.add(
        "GET pin, CPU of the edge alone, to Armeria to gRPC with nothing in between",
        figures.ratio(OurSubjects.PIN, FloorSubjects.ECHO, Sample::frontCpu),
        1.25);
    aims.add(
        "the same, the floor in front of pin-service too",
        figures.ratio(OurSubjects.PIN, FloorSubjects.PIN_SERVICE, Sample::frontCpu),
        1.25);
    aims.add(
        "warm board page of 25 to warm pin, CPU of all processes",
        figures.ratio(OurSubjects.PAGE, OurSubjects.PIN, Sample::cpu),
        2.5);
    aims.add(
        "the same, CPU of the edge alone",
        figures.ratio(OurSubjects.PAGE, OurSubjects.PIN, Sample::frontCpu),
        2.5);
    return aims.lines;
  }

  /** Those of growth: the slowest page to the fastest, of all sizes measured. */
  static List<String> ofGrowth(Figures figures, List<String> names) {
    Aims aims = new Aims();
    for (String whose : List.of("board", "account")) {
      for (String page : List.of("first", "middle", "last")) {
        List<String> alike =
            names.stream()
                .filter(name -> name.startsWith(whose) && name.endsWith(page + " page"))
                .toList();
        aims.flat("p50 of the " + page + " page of each " + whose, figures, alike);
      }
    }
    return aims.lines;
  }

  private void flat(String text, Figures figures, List<String> names) {
    double[] medians =
        names.stream()
            .map(name -> figures.median(name, Sample::medianMillis))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .sorted()
            .toArray();
    if (medians.length < 2) return;
    double spread = medians[medians.length - 1] / medians[0];
    add(text + ", slowest to fastest", OptionalDouble.of(spread), 1.2);
  }

  private void add(String text, OptionalDouble ratio, double limit) {
    if (ratio.isEmpty()) return;
    lines.add(line(text, ratio.getAsDouble(), limit));
  }

  static String line(String text, double ratio, double limit) {
    return String.format(
        Locale.ROOT,
        "* %s: %.2f, aim %.2f, %s",
        text,
        ratio,
        limit,
        ratio <= limit ? "held" : "missed");
  }
}
