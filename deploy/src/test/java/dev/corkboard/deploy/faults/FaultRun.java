// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one fault in the middle of a load and looks at what is left. */
final class FaultRun {
  private static final Logger log = LoggerFactory.getLogger(FaultRun.class);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int BEFORE = 20;
  private static final int AFTER = 20;

  private final Suite suite;
  private final Probe probe;
  private final String name;

  FaultRun(Suite suite, String name) {
    this.suite = suite;
    this.name = name;
    this.probe = new Probe(List.of(suite.client("demo"), suite.client("guest")));
  }

  /** What goes wrong; returns when it is over. */
  @FunctionalInterface
  interface Fault {
    void strike(Load load);
  }

  /** Load, fault, more load, and the comparison of what was told with what is there. */
  Tally run(Fault fault) {
    try (Load load = Load.start(suite, probe)) {
      load.awaitWrites(BEFORE, LIMIT);
      load.tally().beginFault();
      fault.strike(load);
      load.awaitWrites(AFTER, LIMIT);
      load.drain(LIMIT);
      Oracle oracle = Oracle.verify(suite, load);
      List<String> refused = load.histories().refused();
      log.info(
          "{}: {}, failed since it began {}; {}; registers {}, not linearizable {}",
          name,
          load.tally(),
          load.tally().failedByFault(),
          oracle,
          load.histories().keys(),
          refused.size());
      oracle.assertNothingIsWrong();
      assertThat(load.tally().wrong())
          .as(() -> "answers that no fault excuses; logged: " + suite.defects())
          .isEmpty();
      assertThat(refused).as("registers that are not linearizable").isEmpty();
      return load.tally();
    }
  }

  /** To be called last: the reads of one minute later overlap with what comes next. */
  void awaitProbe() {
    probe.await();
    log.info("{}: {}", name, probe);
    assertThat(probe.stale()).as(name).isEmpty();
    probe.close();
  }
}
