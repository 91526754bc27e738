// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.internal.core.time.JavaClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockAgentTest {
  @TempDir private static Path folder;

  /** What a JVM under the agent takes for the time, in milliseconds. */
  static final class Times {
    private Times() {}

    public static void main(String[] args) {
      System.out.println(Instant.now().toEpochMilli());
      System.out.println(Clock.systemUTC().instant().toEpochMilli());
      System.out.println(Clock.systemUTC().millis());
      System.out.println(new JavaClock().currentTimeMicros() / 1_000);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-300_000, 300_000, 0})
  void everyClockOfTheJvmIsOffByTheSame(long offset) throws Exception {
    Path file = Files.writeString(folder.resolve("offset"), Long.toString(offset));
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + ClockAgent.jar(folder) + "=" + file,
                "-cp",
                System.getProperty("java.class.path"),
                Times.class.getName())
            .redirectErrorStream(true)
            .start();
    List<Long> times = new ArrayList<>();
    try (var lines = java.inputReader()) {
      lines.lines().forEach(line -> times.add(Long.valueOf(line)));
    }
    assertThat(java.waitFor()).isZero();
    long half = Duration.ofMinutes(2).toMillis();
    assertThat(times)
        .hasSize(4)
        .allMatch(time -> Math.abs(time - offset - System.currentTimeMillis()) < half);
  }
}
