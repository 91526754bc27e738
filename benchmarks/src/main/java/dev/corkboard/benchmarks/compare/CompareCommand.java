// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import dev.corkboard.benchmarks.compare.Figures.Ratio;
import dev.corkboard.platform.server.Resources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures Corkboard beside what its libraries cost and beside edges of other frameworks. */
@Command(name = "compare", mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
  @Option(names = "--home", required = true, hidden = true)
  private Path home;

  @Option(
      names = "--data",
      description = "the data folder of a suite that runs already; otherwise one is started")
  private Path data;

  @Option(names = "--rounds", defaultValue = "7", description = "default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "each measurement takes; default: ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      description = "seconds of each subject before the first round; default: ${DEFAULT-VALUE}")
  private double warmUp;

  @Option(names = "--connections", defaultValue = "32", description = "default: ${DEFAULT-VALUE}")
  private int connections;

  @Option(
      names = "--only",
      split = ",",
      description = "of ${COMPLETION-CANDIDATES}, separated by commas; default: all")
  private Set<Section> only = EnumSet.allOf(Section.class);

  @Option(
      names = "--board-pins",
      defaultValue = "200000",
      description = "on the largest board; default: ${DEFAULT-VALUE}")
  private int boardPins;

  @Option(
      names = "--account-pins",
      defaultValue = "1000000",
      description = "of the largest account; default: ${DEFAULT-VALUE}")
  private int accountPins;

  @Option(names = "--write", description = "puts the tables into benchmarks/README.md")
  private boolean write;

  @Spec private CommandSpec spec;

  private final Resources resources = new Resources();
  private final Report report = new Report();
  private final List<Subject> allocating = new ArrayList<>();
  private Path folder;

  @Override
  public Integer call() throws IOException {
    folder = Files.createTempDirectory(home.resolve("benchmarks/target"), "compare-");
    Thread stop = new Thread(resources::close, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    measure();
    PrintWriter out = spec.commandLine().getOut();
    out.println(report);
    out.flush();
    if (write) MarkedBlock.write(home.resolve("benchmarks/README.md"), report.toString());
    return report.failed() ? 1 : 0;
  }

  private void measure() {
    Suite suite = resources.add(data == null ? Suite.start(home, folder) : Suite.running(data));
    HttpLoad client = resources.add(new HttpLoad());
    OurSubjects ours = new OurSubjects(suite, client, connections);
    FloorSubjects floors = new FloorSubjects(suite, client, connections);
    PeerSubjects peers = new PeerSubjects(suite, client, connections);
    report.setting(rounds, seconds, connections);
    reads(ours, floors, peers);
    if (only.contains(Section.GROWTH)) growth(suite, ours);
    if (only.contains(Section.MEMORY)) {
      Map<String, ServerProcess> others = new LinkedHashMap<>(floors.servers());
      others.putAll(peers.servers());
      report.memory(
          MemoryTables.ofProcesses(suite, others),
          MemoryTables.ofAllocation(allocating.isEmpty() ? ours.reads() : allocating, time()));
    }
  }

  private void reads(OurSubjects ours, FloorSubjects floors, PeerSubjects peers) {
    List<Subject> subjects = new ArrayList<>();
    if (only.contains(Section.FLOORS)) {
      subjects.addAll(floors.start(folder, ours.pin(), resources));
      allocating.addAll(subjects.stream().filter(s -> FloorSubjects.isEdge(s.name())).toList());
    }
    // Peers are compared with these two.
    if (only.contains(Section.OURS) || only.contains(Section.PEERS)) {
      subjects.addAll(ours.reads());
      allocating.addAll(ours.reads());
    }
    if (only.contains(Section.OURS)) subjects.addAll(ours.rest());
    if (only.contains(Section.PEERS)) {
      List<Subject> started = peers.start(home, folder, ours, resources);
      subjects.addAll(started);
      allocating.addAll(started);
    }
    if (subjects.isEmpty()) return;
    Map<String, List<Sample>> samples = run().run(subjects);
    List<Ratio> ratios =
        List.of(
            new Ratio(
                "edge ×",
                Sample::frontCpu,
                name -> Optional.of(FloorSubjects.ECHO).filter(echo -> FloorSubjects.isEdge(name))),
            new Ratio("all ×", Sample::cpu, name -> Optional.of(OurSubjects.PIN)));
    report.reads(new Figures(samples), ratios, samples);
  }

  private void growth(Suite suite, OurSubjects ours) {
    List<Subject> subjects =
        new GrowthSubjects(suite, ours, connections).make(boardPins, accountPins);
    Map<String, List<Sample>> samples = run().run(subjects);
    List<Ratio> ratios =
        List.of(
            new Ratio("all ×", Sample::cpu, GrowthSubjects::reference),
            new Ratio("p50 ×", Sample::medianMillis, GrowthSubjects::reference));
    report.growth(new Figures(samples), ratios, samples);
  }

  private Rounds run() {
    return new Rounds(rounds, time(), Duration.ofMillis(Math.round(warmUp * 1_000)));
  }

  private Duration time() {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
