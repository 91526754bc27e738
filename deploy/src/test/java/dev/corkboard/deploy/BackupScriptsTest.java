// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static java.lang.ProcessBuilder.Redirect.DISCARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corkboard.deploy.BackupScripts.End;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order the scripts do what on which node, with programs that only write it down. */
class BackupScriptsTest {
  private static final String NODETOOL =
      """
      #!/bin/sh
      echo "$NODE $1" >>"$CALLS"
      if [ "$1" = "$FAIL" ] && [ "$NODE" = 2 ]; then exit 1; fi
      case "$1" in
        snapshot)
          sleep "$SNAPSHOT_SECONDS"
          tag=$3; shift 4
          for keyspace in "$@"; do
            mkdir -p "$DATA/$keyspace/pin-0123/snapshots/$tag"
            echo 'CREATE TABLE t (k int PRIMARY KEY);' >"$DATA/$keyspace/pin-0123/snapshots/$tag/schema.cql"
            echo rows >"$DATA/$keyspace/pin-0123/snapshots/$tag/oa-1-big-Data.db"
          done
          echo "$NODE took" >>"$CALLS" ;;
        version) echo 'ReleaseVersion: 5.0.9' ;;
        info) echo 'Token : 42' ;;
        import) echo "$NODE imports $3 $4" >>"$CALLS" ;;
      esac
      """;

  private static final String CORKBOARD =
      """
      #!/bin/sh
      if [ "$2" = keyspaces ]; then echo one; echo two; else echo "corkboard $2" >>"$CALLS"; fi
      """;

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void writePrograms() throws IOException {
    environment.put("NODETOOL", program("nodetool", NODETOOL));
    environment.put("CORKBOARD", program("corkboard", CORKBOARD));
    environment.put("CALLS", folder.resolve("calls").toString());
    environment.put("DATA", Files.createDirectory(folder.resolve("data")).toString());
    environment.put("FAIL", "");
    environment.put("SNAPSHOT_SECONDS", "0");
  }

  private String program(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toString();
  }

  private End run(String script, int nodes, String... arguments) {
    List<String> command = new ArrayList<>(List.of(BackupScripts.path(script)));
    for (int node = 1; node <= nodes; node++) {
      Collections.addAll(command, "--node", "env NODE=" + node);
    }
    Collections.addAll(command, arguments);
    return BackupScripts.run(folder, command, environment);
  }

  private End backup() {
    return run("backup", 3, "--data", folder + "/data", "--media", "none", folder + "/backup");
  }

  private End restore(int nodes) {
    return run(
        "restore", nodes, "--staging", folder + "/staging", "--media", "none", folder + "/backup");
  }

  private List<String> calls() {
    try {
      return Files.readAllLines(folder.resolve("calls"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int last(String call) {
    return last(calls(), call);
  }

  private static int last(List<String> calls, String call) {
    return Collections.max(
        List.of(1, 2, 3).stream().map(n -> calls.lastIndexOf(n + " " + call)).toList());
  }

  private int first(String call) {
    List<String> calls = calls();
    return Collections.min(
        List.of(1, 2, 3).stream().map(n -> calls.indexOf(n + " " + call)).toList());
  }

  @Test
  void everyNodeIsClosedBeforeAnyTakesItsSnapshotAndOpenedAfterAllDid() {
    End end = backup();

    assertThat(end.code()).as(end.output()).isZero();
    assertThat(last("disablebinary")).isLessThan(first("snapshot"));
    assertThat(last("snapshot")).isLessThan(first("enablebinary"));
    assertThat(calls()).contains("1 enablebinary", "2 enablebinary", "3 enablebinary");
    assertThat(last("clearsnapshot")).isEqualTo(calls().size() - 1);
    assertThat(folder.resolve("backup/nodes/3/two/pin/oa-1-big-Data.db")).hasContent("rows\n");
    assertThat(folder.resolve("backup/manifest")).content().contains("node 3 tokens 42");
  }

  @Test
  void aFailedSnapshotLetsClientsInAndLeavesNothing() {
    environment.put("FAIL", "snapshot");

    End end = backup();

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.output()).contains("a node took no snapshot");
    assertThat(calls()).contains("1 enablebinary", "2 enablebinary", "3 enablebinary");
    assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith("backup"));
  }

  @Test
  void aNodeThatDoesNotCloseStopsIt() {
    environment.put("FAIL", "disablebinary");

    End end = backup();

    assertThat(end.code()).isEqualTo(1);
    assertThat(calls()).doesNotContain("1 snapshot").contains("1 enablebinary", "3 enablebinary");
  }

  @Test
  void clientsAreLetInAtTheLimitAndTheBackupIsThrownAway() {
    environment.put("PAUSE_LIMIT", "1");
    environment.put("SNAPSHOT_SECONDS", "4");

    End end = backup();

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.output()).contains("longer than 1 s");
    assertThat(first("enablebinary")).isPositive();
    assertThat(folder.resolve("backup")).doesNotExist();
  }

  @Test
  void clientsAreLetInAlsoWhenTheScriptIsKilled() throws IOException {
    environment.put("PAUSE_LIMIT", "1");
    environment.put("SNAPSHOT_SECONDS", "3");
    ProcessBuilder builder =
        new ProcessBuilder(
            BackupScripts.path("backup"),
            "--node",
            "env NODE=1",
            "--data",
            folder + "/data",
            "--media",
            "none",
            folder + "/backup");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(DISCARD).start();
    Path calls = folder.resolve("calls");
    await().atMost(LIMIT).until(() -> Files.exists(calls) && calls().contains("1 snapshot"));
    process.destroyForcibly();

    await().atMost(LIMIT).until(() -> calls().containsAll(List.of("1 enablebinary", "1 took")));
    assertThat(folder.resolve("backup")).doesNotExist();
  }

  @Test
  void whatIsThereIsNotOverwritten() throws IOException {
    Files.createDirectory(folder.resolve("backup"));

    assertThat(backup().output()).contains("is there already");
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  @Test
  void theSchemaIsMadeFirstAndEachNodeTakesItsOwnFiles() throws IOException {
    backup();
    Files.delete(folder.resolve("calls"));

    End end = restore(3);

    assertThat(end.code()).as(end.output()).isZero();
    assertThat(calls().get(0)).isEqualTo("corkboard create");
    assertThat(calls())
        .contains(
            "1 imports one pin", "1 imports two pin", "3 imports one pin", "3 imports two pin");
    assertThat(folder.resolve("staging")).doesNotExist();
  }

  @Test
  void anotherNumberOfNodesIsRefused() throws IOException {
    backup();
    Files.delete(folder.resolve("calls"));

    End end = restore(2);

    assertThat(end.code()).isEqualTo(1);
    assertThat(end.output()).contains("the backup is of 3 nodes, and 2 are named");
    assertThat(folder.resolve("calls")).doesNotExist();
  }
}
