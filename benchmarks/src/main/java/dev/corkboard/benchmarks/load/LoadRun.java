// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import dev.corkboard.benchmarks.load.Verdicts.Defect;
import dev.corkboard.deploy.Operator;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** One load on a fresh suite, with faults, from its start to its verdict. */
final class LoadRun {
  private static final int THREADS = 4;
  private static final Duration DRAIN = Duration.ofMinutes(3);

  private final Plan plan;
  private final PrintStream out;
  private final Operations operations = new Operations();
  private final Statistics statistics = new Statistics();

  /**
   * What is to be done.
   *
   * @param rate operations a second
   * @param faults their names; in a random order when {@code shuffled}
   * @param pins made before the load begins
   * @param emphasis see {@link Mix}
   */
  record Plan(
      LoadSuite.Shape shape,
      Duration length,
      double rate,
      Set<String> faults,
      boolean shuffled,
      long seed,
      int accounts,
      int pins,
      int emphasis) {}

  LoadRun(Plan plan, PrintStream out) {
    this.plan = plan;
    this.out = out;
  }

  Verdicts verdicts() {
    return operations.verdicts();
  }

  Statistics statistics() {
    return statistics;
  }

  private void line(String text) {
    out.println(text);
    out.flush();
  }

  /** Starts a suite in an empty folder, loads it, and prints what came of it. */
  void run(Path data) throws InterruptedException {
    line("seed " + plan.seed() + ", data in " + data);
    try (LoadSuite suite = new LoadSuite(data, plan.shape())) {
      // Children have sessions of their own, so that Ctrl-C reaches this process alone.
      Runtime.getRuntime().addShutdownHook(new Thread(suite::close, "stop-suite"));
      suite.start();
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      ScheduledExecutorService later = Executors.newScheduledThreadPool(THREADS);
      try {
        Edge edge = new Edge(suite.edge(), threads);
        load(suite, new Generator(edge, statistics, verdicts(), later));
      } finally {
        later.shutdownNow();
        threads.shutdownNow();
      }
    }
  }

  private void load(LoadSuite suite, Generator generator) throws InterruptedException {
    Random random = new Random(plan.seed());
    try (Operator operator = suite.operator()) {
      operations.fill(operator, generator, plan.accounts(), plan.pins(), random);
    }
    line(
        "made %d accounts, %d boards, %d Pins, %d collages; %.0f operations a second for %d s"
            .formatted(
                plan.accounts(),
                operations.world().boards().all().size(),
                operations.world().pins().all().size(),
                operations.world().collages().all().size(),
                plan.rate(),
                plan.length().toSeconds()));
    Saboteur saboteur = new Saboteur(faults(suite, random), plan.length(), out);
    Thread striking = new Thread(saboteur, "faults");
    striking.start();
    Mix mix = operations.mix(plan.emphasis(), random);
    Memory memory = Memory.begin(suite.everything());
    generator.run(mix::next, plan.rate(), plan.length(), random);
    List<Memory.Row> used = memory.rows();
    striking.join();
    generator.drain(DRAIN).forEach(call -> verdicts().add(Defect.UNRESOLVED, call.toString()));
    Reconciliation reconciliation = new Reconciliation(operations, generator);
    reconciliation.run();
    reconciliation.reconciler(suite.pinMetrics());
    line("reconciled: " + reconciliation.compared() + " answers at the end");
    line("");
    Report report = new Report(out);
    report.operations(statistics, plan.length());
    report.memory(used);
    report.faults(statistics, saboteur.strikes(), saboteur.start());
    report.verdicts(verdicts(), statistics.acknowledgements());
    out.flush();
  }

  private List<Fault> faults(LoadSuite suite, Random random) {
    Faults known = new Faults(suite, new Random(random.nextLong()));
    List<Fault> faults = new ArrayList<>();
    for (String name : plan.faults()) {
      Optional<String> missing = known.missing(name);
      if (missing.isPresent()) {
        line("  " + name + " is left out: " + missing.get());
      } else {
        faults.add(known.get(name));
      }
    }
    if (plan.shuffled()) Collections.shuffle(faults, random);
    return faults;
  }
}
