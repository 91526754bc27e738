// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.benchmarks.load.LoadRun.Plan;
import dev.corkboard.benchmarks.load.LoadSuite.Shape;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Loads a fresh suite as users do, breaks its parts, and compares every answer with an oracle. */
@Command(name = "load", mixinStandardHelpOptions = true)
public final class LoadCommand implements Callable<Integer> {
  private static final String ALL = "all";
  private static final String NONE = "none";

  @Spec private CommandSpec spec;

  @Option(names = "--seconds", defaultValue = "300", description = "how long (${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--rate",
      defaultValue = "50",
      description = "operations a second (${DEFAULT-VALUE})")
  private double rate;

  @Option(
      names = "--faults",
      defaultValue = NONE,
      description = "none, all in a random order, or names with commas between them, in turn")
  private String faults;

  @Option(names = "--seed", description = "repeats what was chosen at random; printed")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--nodes",
      defaultValue = "3",
      description = "of Cassandra: 1 or 3 (${DEFAULT-VALUE})")
  private int nodes;

  @Option(
      names = "--copies",
      defaultValue = "2",
      description = "of each service (${DEFAULT-VALUE})")
  private int copies;

  @Option(names = "--accounts", defaultValue = "6", description = "that act (${DEFAULT-VALUE})")
  private int accounts;

  @Option(names = "--pins", defaultValue = "300", description = "to begin with (${DEFAULT-VALUE})")
  private int pins;

  @Option(
      names = "--emphasis",
      defaultValue = "1",
      description = "multiplies the shares of all but pages of boards and Pins (${DEFAULT-VALUE})")
  private int emphasis;

  @Option(names = "--keep", description = "a folder for data and logs, which stay")
  private Optional<Path> keep = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    check("--nodes", nodes == 1 || nodes == 3, "1 or 3");
    check("--copies", copies >= 1 && copies <= 4, "1 to 4");
    check("--accounts", accounts >= 2 && accounts <= 20, "2 to 20");
    check("--emphasis", emphasis >= 1 && emphasis <= 100, "1 to 100");
    check("--seconds", seconds > 0, "a positive number");
    check("--rate", rate > 0, "a positive number");
    Plan plan = plan(wanted());
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (keep.isPresent()) {
      return run(plan, Files.createDirectories(keep.get()).toAbsolutePath(), out);
    }
    Path data = Files.createTempDirectory("corkboard-load-");
    try {
      return run(plan, data, out);
    } finally {
      delete(data);
    }
  }

  private void check(String option, boolean good, String expected) {
    if (!good) throw new ParameterException(spec.commandLine(), option + ": expected " + expected);
  }

  private Set<String> wanted() {
    if (faults.equals(NONE)) return Set.of();
    if (faults.equals(ALL)) return Faults.names();
    Set<String> wanted = new LinkedHashSet<>(Arrays.asList(faults.split(",", -1)));
    for (String name : wanted) {
      check("--faults " + name, Faults.names().contains(name), "some of " + Faults.names());
    }
    return wanted;
  }

  private Plan plan(Set<String> wanted) {
    return new Plan(
        new Shape(nodes, copies, Faults.needsProxies(wanted), Faults.needsSmallDisk(wanted)),
        Duration.ofSeconds(seconds),
        rate,
        wanted,
        faults.equals(ALL),
        seed.orElseGet(() -> (long) ThreadLocalRandom.current().nextInt(1_000_000)),
        accounts,
        pins,
        emphasis);
  }

  private static int run(Plan plan, Path data, PrintStream out) throws InterruptedException {
    LoadRun run = new LoadRun(plan, out);
    run.run(data);
    return run.verdicts().isClean() ? 0 : 1;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    }
  }
}
