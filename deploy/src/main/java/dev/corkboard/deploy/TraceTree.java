// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One trace as a tree: when each span began, how long it took, whose it is. */
final class TraceTree {
  private static final double MILLI = 1e6;
  private static final String STATEMENT = "db.query.text";

  private final List<TraceSpan> roots = new ArrayList<>();
  private final Map<String, List<TraceSpan>> children = new HashMap<>();
  private final boolean statements;

  /** Of the spans of one trace; those whose parent is not among them are roots. */
  TraceTree(List<TraceSpan> spans, boolean statements) {
    this.statements = statements;
    Set<String> ids = spans.stream().map(TraceSpan::spanId).collect(Collectors.toSet());
    for (TraceSpan span : spans) {
      if (ids.contains(span.parentId())) {
        children.computeIfAbsent(span.parentId(), id -> new ArrayList<>()).add(span);
      } else {
        roots.add(span);
      }
    }
    Comparator<TraceSpan> byStart = Comparator.comparingLong(TraceSpan::start);
    roots.sort(byStart);
    children.values().forEach(siblings -> siblings.sort(byStart));
  }

  void print(PrintWriter out) {
    TraceSpan first = roots.get(0);
    out.println("trace " + first.traceId() + " " + instant(first.start()));
    out.println("  begin ms   took ms");
    for (TraceSpan root : roots) print(out, root, first.start(), "", "");
    out.flush();
  }

  private void print(PrintWriter out, TraceSpan span, long zero, String branch, String indent) {
    String outcome = span.outcome().isEmpty() ? "" : "  " + span.outcome();
    out.printf(
        Locale.ROOT,
        "%10.2f%10.2f  %s%s: %s%s%s%n",
        (span.start() - zero) / MILLI,
        span.nanos() / MILLI,
        branch,
        span.service(),
        span.name(),
        outcome,
        span.failed() ? "  FAILED" : "");
    String text = span.attributes().get(STATEMENT);
    if (statements && text != null) {
      out.println(" ".repeat(22) + indent + "    " + text.replaceAll("\\s+", " "));
    }
    List<TraceSpan> below = children.getOrDefault(span.spanId(), List.of());
    for (int i = 0; i < below.size(); i++) {
      boolean last = i == below.size() - 1;
      print(
          out,
          below.get(i),
          zero,
          indent + (last ? "└─ " : "├─ "),
          indent + (last ? "   " : "│  "));
    }
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochMilli(nanos / 1_000_000);
  }
}
