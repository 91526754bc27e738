// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.benchmarks.load.LoadRun.Plan;
import dev.corkboard.benchmarks.load.LoadSuite.Shape;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A short load on the smallest suite, with two faults: the whole way of {@code benchmarks/load}.
 */
class LoadIT {
  private static final Logger log = LoggerFactory.getLogger(LoadIT.class);

  @TempDir private Path folder;

  @Test
  void aLoadWithFaultsLosesNothing() throws Exception {
    Plan plan =
        new Plan(
            new Shape(1, 1, false, false),
            Duration.ofSeconds(25),
            20,
            new LinkedHashSet<>(List.of("flush-redis", "kill-pin")),
            false,
            7,
            4,
            40,
            5);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    LoadRun run = new LoadRun(plan, new PrintStream(printed, true, StandardCharsets.UTF_8));
    run.run(folder);
    String report = printed.toString(StandardCharsets.UTF_8);
    log.info("{}", report);
    assertThat(run.verdicts().isClean()).as(report).isTrue();
    assertThat(run.verdicts().checked()).isGreaterThan(200);
    assertThat(report).contains("kill-pin", "verdict: clean");
    assertThat(run.statistics().errors(Kind.BOARD_PAGE)).doesNotContainKey(500);
  }
}
