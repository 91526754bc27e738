// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import dev.corkboard.benchmarks.ProcFile;
import dev.corkboard.platform.server.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each process takes: time to start, memory, and what it allocates for a request. */
final class MemoryTables {
  private static final double KILOBYTE = 1024;
  private static final List<String> JVMS =
      List.of(Processes.FRONT, Processes.PIN, Processes.BOARD, Processes.ACCOUNT);

  private MemoryTables() {}

  /** A row for each process: of the suite, and of what was measured beside it. */
  static MarkdownTable ofProcesses(Suite suite, Map<String, ServerProcess> others) {
    MarkdownTable table =
        new MarkdownTable(List.of("", "start s", "idle MiB", "now MiB", "peak MiB"));
    suite
        .processes()
        .forEach(
            (name, pid) ->
                table.row(
                    row(
                        name,
                        pid,
                        suite.startSeconds().getOrDefault(name, Double.NaN),
                        suite.idleMegabytes().get(name))));
    others.forEach(
        (name, server) ->
            table.row(row(name, server.pid(), server.startSeconds(), server.idleMegabytes())));
    return table;
  }

  private static List<String> row(String name, long pid, double seconds, double idle) {
    return List.of(
        name,
        MarkdownTable.figure(seconds),
        MarkdownTable.figure(idle),
        MarkdownTable.figure(ProcFile.residentMegabytes(pid)),
        MarkdownTable.figure(ProcFile.peakMegabytes(pid)));
  }

  /** KiB a request in each JVM of the edge's side. */
  static MarkdownTable ofAllocation(List<Subject> subjects, Duration time) {
    List<String> header = new ArrayList<>(List.of("KiB allocated a request"));
    header.addAll(JVMS);
    MarkdownTable table = new MarkdownTable(header);
    for (Subject subject : subjects) {
      List<String> cells = new ArrayList<>(List.of(subject.name()));
      Map<String, Double> each = perRequest(subject, time);
      JVMS.forEach(name -> cells.add(MarkdownTable.figure(each.getOrDefault(name, Double.NaN))));
      table.row(cells);
    }
    return table;
  }

  private static Map<String, Double> perRequest(Subject subject, Duration time) {
    Resources resources = new Resources();
    try {
      Map<String, Allocation> jvms = new LinkedHashMap<>();
      subject
          .processes()
          .forEach(
              (name, pid) -> {
                if (JVMS.contains(name) && ProcFile.isJvm(pid))
                  jvms.put(name, resources.add(new Allocation(pid)));
              });
      subject.prepare();
      subject.load(time.dividedBy(5));
      Map<String, Long> before = new LinkedHashMap<>();
      jvms.forEach((name, jvm) -> before.put(name, jvm.bytes()));
      Load load = subject.load(time);
      Map<String, Double> each = new LinkedHashMap<>();
      jvms.forEach(
          (name, jvm) ->
              each.put(name, (jvm.bytes() - before.get(name)) / KILOBYTE / load.requests()));
      return each;
    } finally {
      resources.close();
    }
  }
}
