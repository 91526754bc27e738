// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path dir;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endWhatATestLeft() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void aRecordReadsBackAsWritten() throws IOException {
    ProcessRecord written = ProcessRecord.of("pin-service", start("exec sleep 300").toHandle());
    written.write(dir);

    assertThat(ProcessRecord.readAll(dir)).containsExactly(written);
    assertThat(written.start()).isNotEmpty();
    assertThat(written.running()).map(ProcessHandle::pid).contains(written.pid());
  }

  @Test
  void anOrphanIsEndedAndForgotten() throws Exception {
    Process orphan = start("exec sleep 300");
    ProcessRecord entry = ProcessRecord.of("redis", orphan.toHandle());
    entry.write(dir);

    assertThat(ProcessRecord.endOrphans(dir, LONG)).containsExactly(entry);

    assertThat(orphan.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(orphan.exitValue()).as("ended by SIGTERM").isEqualTo(128 + 15);
    assertThat(ProcessRecord.readAll(dir)).isEmpty();
  }

  @Test
  void anOrphanDeafToSigtermIsKilledAfterTheGrace() throws Exception {
    Process deaf = start("trap '' TERM; echo deaf; while :; do sleep 1; done");
    assertThat(deaf.inputReader().readLine()).isEqualTo("deaf");
    ProcessRecord.of("edge", deaf.toHandle()).write(dir);

    ProcessRecord.endOrphans(dir, Duration.ofMillis(100));

    assertThat(deaf.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(deaf.exitValue()).as("ended by SIGKILL").isEqualTo(128 + 9);
  }

  @Test
  void aProcessThatOnlyGotTheSamePidIsLeftAlone() throws IOException {
    Process other = start("exec sleep 300");
    ProcessRecord mine = ProcessRecord.of("cassandra", other.toHandle());
    new ProcessRecord("cassandra", mine.pid(), mine.start() + "0").write(dir);

    assertThat(ProcessRecord.endOrphans(dir, Duration.ZERO)).isEmpty();

    assertThat(other.isAlive()).isTrue();
    assertThat(ProcessRecord.readAll(dir)).isEmpty();
  }

  @Test
  void aProcessWhoseStartIsUnknownIsLeftAlone() throws IOException {
    Process other = start("exec sleep 300");
    new ProcessRecord("cassandra", other.pid(), "").write(dir);

    assertThat(ProcessRecord.endOrphans(dir, Duration.ZERO)).isEmpty();

    assertThat(other.isAlive()).isTrue();
  }

  @Test
  void anEndedProcessIsOnlyForgotten() throws Exception {
    Process ended = start("exec sleep 300");
    ProcessRecord.of("redis", ended.toHandle()).write(dir);
    ended.destroyForcibly().waitFor();

    assertThat(ProcessRecord.endOrphans(dir, LONG)).isEmpty();
    assertThat(ProcessRecord.readAll(dir)).isEmpty();
  }

  @Test
  void aFileThatIsNoRecordEndsNothing() throws IOException {
    Process other = start("exec sleep 300");
    Files.createDirectories(dir.resolve("run"));
    Files.writeString(dir.resolve("run/a.pid"), "");
    Files.writeString(dir.resolve("run/b.pid"), other.pid() + "\n");
    Files.writeString(dir.resolve("run/c.pid"), "all\n0\n");

    assertThat(ProcessRecord.endOrphans(dir, Duration.ZERO)).isEmpty();

    assertThat(other.isAlive()).isTrue();
  }

  @Test
  void aFolderNothingEverRanInHasNoOrphans() {
    assertThat(ProcessRecord.endOrphans(dir.resolve("new"), LONG)).isEmpty();
  }

  @Test
  void deletingAnOldRecordSparesANewerOneOfTheSameName() throws IOException {
    ProcessRecord old = ProcessRecord.of("redis", start("exec sleep 300").toHandle());
    ProcessRecord newer = ProcessRecord.of("redis", start("exec sleep 300").toHandle());
    newer.write(dir);

    old.delete(dir);

    assertThat(ProcessRecord.readAll(dir)).containsExactly(newer);
  }

  private Process start(String script) throws IOException {
    Process process = new ProcessBuilder("/bin/sh", "-c", script).start();
    started.add(process);
    return process;
  }
}
