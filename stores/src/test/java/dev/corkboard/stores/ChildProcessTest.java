// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path dir;

  @Test
  void isRecordedWhileItRunsAndForgottenWhenClosed() {
    try (ChildProcess child = sh("exec sleep 300", false)) {
      assertThat(ProcessRecord.readAll(dir))
          .singleElement()
          .satisfies(entry -> assertThat(entry.pid()).isEqualTo(child.pid()))
          .satisfies(entry -> assertThat(entry.running()).isPresent());
    }

    assertThat(ProcessRecord.readAll(dir)).isEmpty();
  }

  @Test
  void closeEndsItBySigterm() throws Exception {
    ChildProcess child = sh("exec sleep 300", false);

    child.close();

    assertThat(child.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(128 + 15);
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void aDeathNobodyAskedForIsSeen() throws Exception {
    try (ChildProcess child = sh("exit 7", false)) {
      assertThat(child.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(7);
    }
  }

  @Test
  void aFailedStartQuotesTheLastLinesOnly() {
    ChildProcess child = sh("for i in $(seq 1 100); do echo line-$i; done; exit 3", false);

    assertThatThrownBy(() -> child.awaitReady(LONG, () -> false))
        .isInstanceOf(StartFailedException.class)
        .hasMessageStartingWith("child ended while starting, exit code 3; last lines of ")
        .hasMessageContaining("\n  line-89\n")
        .hasMessageEndingWith("\n  line-100")
        .message()
        .doesNotContain("line-88");
    assertThat(ProcessRecord.readAll(dir)).isEmpty();
  }

  @Test
  void aStartThatTakesTooLongIsEndedAndSaidSo() {
    ChildProcess child = sh("echo still busy; exec sleep 300", false);

    assertThatThrownBy(() -> child.awaitReady(Duration.ofSeconds(1), () -> false))
        .hasMessageStartingWith("child was not ready within 1 s; last lines of ")
        .hasMessageEndingWith("still busy");
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void aCommandThatDoesNotExistIsOneClearLine() {
    assertThatThrownBy(() -> ChildProcess.start("x", dir, List.of("/no/such"), Map.of(), false))
        .isInstanceOf(StartFailedException.class)
        .hasMessageStartingWith("x could not be started: ")
        .hasMessageContaining("/no/such");
  }

  @Test
  void theOutputOfTheRunBeforeIsKept() throws Exception {
    sh("echo first", false).onExit().get(30, TimeUnit.SECONDS);
    sh("echo second", false).onExit().get(30, TimeUnit.SECONDS);

    assertThat(Files.readString(dir.resolve("log/child.out"))).isEqualTo("second\n");
    assertThat(Files.readString(dir.resolve("log/child.out.1"))).isEqualTo("first\n");
  }

  @Test
  void givesTheEnvironmentAndEmptyInput() throws Exception {
    ChildProcess child =
        ChildProcess.start(
            "child", dir, List.of("/bin/sh", "-c", "cat; echo $WORD"), Map.of("WORD", "hi"), false);

    assertThat(child.onExit().get(30, TimeUnit.SECONDS)).isZero();
    assertThat(Files.readString(dir.resolve("log/child.out"))).isEqualTo("hi\n");
  }

  @Test
  void inItsOwnSessionItIsStillTheProcessThatIsEnded() throws Exception {
    ChildProcess child = sh("echo $$; exec sleep 300", true);
    child.awaitReady(LONG, () -> written("log/child.out"));

    assertThat(Files.readString(dir.resolve("log/child.out")).strip())
        .isEqualTo(Long.toString(child.pid()));
    child.close();
    assertThat(child.isAlive()).isFalse();
  }

  private boolean written(String file) {
    return dir.resolve(file).toFile().length() > 0;
  }

  private ChildProcess sh(String script, boolean ownSession) {
    return ChildProcess.start("child", dir, List.of("/bin/sh", "-c", script), Map.of(), ownSession);
  }
}
