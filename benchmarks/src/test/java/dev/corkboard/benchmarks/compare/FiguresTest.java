// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.corkboard.benchmarks.compare.Figures.Ratio;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static Sample sample(long failed, Map<String, Double> cpu) {
    Histogram times = Load.times();
    for (int millis = 1; millis <= 100; millis++) Load.record(times, millis * 1_000_000L);
    return new Sample(new Load(100, failed, 0.5, times), cpu);
  }

  @Test
  void writesARowForEachSubject() {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    samples.put("floor", List.of(sample(0, Map.of("edge", 40.0))));
    samples.put("ours", List.of(sample(2, Map.of("edge", 50.0, "account", 1.0, "collage", 2.0))));
    Ratio ratio =
        new Ratio(
            "x", s -> s.cpuOf("edge"), name -> Optional.of("floor").filter(f -> !f.equals(name)));
    assertThat(new Figures(samples).table(List.of(ratio)))
        .hasToString(
            """
            |  | edge | pin | board | account, collage | Cassandra | Redis | all | requests/s | p50 ms | p99 | p99.9 | x |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            | floor | 40.0 | – | – | – | – | – | 40.0 | 200 | 50.1 | 99.1 | 100 | – |
            | ours (2 FAILED) | 50.0 | – | – | 3.00 | – | – | 53.0 | 200 | 50.1 | 99.1 | 100 | 1.25 |
            """);
  }

  @Test
  void knowsNoRatioToWhatWasNotMeasured() {
    Figures figures = new Figures(Map.of("ours", List.of(sample(0, Map.of("edge", 50.0)))));
    assertThat(figures.ratio("ours", "floor", Sample::cpu)).isEmpty();
  }

  @Test
  void keepsALoadInOneLineOfText() {
    Load load = sample(3, Map.of()).load();
    Load read = LoadText.parse(LoadText.format(load));
    assertThat(read).isEqualTo(load);
  }

  @Test
  void replacesWhatStandsBetweenTheMarks() {
    String document =
        "a\n<!-- benchmarks/compare: begin -->\nold\n<!-- benchmarks/compare: end -->\nb\n";
    assertThat(MarkedBlock.replace(document, "new\n"))
        .isEqualTo(document.replace("old", "new"))
        .contains("new");
    assertThatIllegalArgumentException().isThrownBy(() -> MarkedBlock.replace("a\n", "new\n"));
  }

  @Test
  void readsHowLongProcessesTookToStart() {
    String output =
        "  Redis                          0.2 s  127.0.0.1:1\n  board-service                  6.1 s  x\n";
    assertThat(Suite.startSeconds(output)).isEqualTo(Map.of("Redis", 0.2, "board", 6.1));
  }

  @Test
  void saysWhetherAnAimIsHeld() {
    assertThat(Aims.line("a", 1.25, 1.25)).isEqualTo("* a: 1.25, aim 1.25, held");
    assertThat(Aims.line("a", 1.26, 1.25)).endsWith("missed");
  }
}
