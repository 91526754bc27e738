// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.config.Env;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Shows traces of files: the newest requests in a line each, or all of one as a tree. A request is
 * named by its trace id, or by the {@code x-request-id} its answer carried.
 */
@Command
final class TraceCommand implements Callable<Integer> {
  private static final int LISTED = 20;

  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..2")
  private List<String> arguments = new ArrayList<>();

  @Option(names = "--statements")
  private boolean statements;

  TraceCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Path source = RunOptions.home().resolve("traces");
    source = Env.of(environment).path("TRACES_DIR", source.toString());
    String id = "";
    for (String argument : arguments) {
      if (Files.exists(Path.of(argument))) {
        source = Path.of(argument);
      } else {
        id = argument;
      }
    }
    TraceFiles files = new TraceFiles(source);
    boolean found = id.isEmpty() ? list(files) : show(files, id);
    if (!found) {
      spec.commandLine().getErr().println("corkboard: no such trace in " + source);
      spec.commandLine().getErr().flush();
    }
    return found ? 0 : 1;
  }

  private boolean show(TraceFiles files, String id) {
    List<String> traceIds = new ArrayList<>();
    files.read(
        id,
        span -> {
          if (span.traceId().equals(id)
              || id.equals(span.attributes().get("corkboard.request_id"))) {
            if (!traceIds.contains(span.traceId())) traceIds.add(span.traceId());
          }
        });
    for (String traceId : traceIds) {
      List<TraceSpan> spans = new ArrayList<>();
      files.read(
          traceId,
          span -> {
            if (span.traceId().equals(traceId)) spans.add(span);
          });
      new TraceTree(spans, statements).print(spec.commandLine().getOut());
    }
    return !traceIds.isEmpty();
  }

  /** The first span of each trace, the newest last. */
  private boolean list(TraceFiles files) {
    Map<String, TraceSpan> first = new LinkedHashMap<>();
    files.read(
        "", span -> first.merge(span.traceId(), span, (a, b) -> a.start() <= b.start() ? a : b));
    List<TraceSpan> newest =
        first.values().stream().sorted(Comparator.comparingLong(TraceSpan::start)).toList();
    PrintWriter out = spec.commandLine().getOut();
    for (TraceSpan span : newest.subList(Math.max(0, newest.size() - LISTED), newest.size())) {
      out.printf(
          Locale.ROOT,
          "%s  %s  %8.2f ms  %s: %s  %s%n",
          span.traceId(),
          TraceTree.instant(span.start()),
          span.nanos() / 1e6,
          span.service(),
          span.name(),
          span.outcome());
    }
    out.flush();
    return !newest.isEmpty();
  }
}
