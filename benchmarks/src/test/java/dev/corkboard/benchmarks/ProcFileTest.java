// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ProcFileTest {
  @Test
  void addsUserAndSystemTimeBehindANameWithSpacesAndParentheses() {
    String stat = "4711 (redis (a) 1 2) S 1 4711 4711 0 -1 4194560 5 6 7 8 120 34 0 0 20 0 1 0 99";
    assertThat(ProcFile.cpuMicros(stat)).isEqualTo(1_540_000);
  }

  @Test
  void readsMemoryInMebibytes() {
    String status = "Name:\tjava\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\n";
    assertThat(ProcFile.megabytes(status, "VmRSS")).isEqualTo(100);
    assertThat(ProcFile.megabytes(status, "VmHWM")).isEqualTo(200);
    assertThatIllegalArgumentException().isThrownBy(() -> ProcFile.megabytes(status, "VmSwap"));
  }

  @Test
  void readsItsOwnProcess() {
    long self = ProcessHandle.current().pid();
    assertThat(ProcFile.cpuMicros(self)).isPositive();
    assertThat(ProcFile.residentMegabytes(self)).isPositive();
  }
}
