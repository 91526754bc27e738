// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code deploy/backup/backup} and {@code deploy/backup/restore} as an operator runs them, with the
 * {@code nodetool} and {@code corkboard} of this build.
 */
final class BackupScripts {
  private static final Path FOLDER = Path.of("backup").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Path folder;
  private final Path nodetool;
  private final Path corkboard;

  /** What a script said, and how it ended. */
  record End(int code, String output) {}

  /** Keeps to a folder that is there. */
  BackupScripts(Path folder) {
    this.folder = folder;
    this.nodetool =
        script(
            "nodetool",
            List.of(
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-Duser.home=" + folder,
                "-Dlogback.configurationFile=" + write("quiet.xml", "<configuration/>"),
                "-cp",
                System.getProperty("corkboard.cassandra.lib") + "/*",
                "org.apache.cassandra.tools.NodeTool"));
    this.corkboard =
        script(
            "corkboard",
            List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
  }

  /** Runs one of the scripts against the node with that JMX port and its CQL. */
  End run(String name, int jmxPort, String contactPoint, String... arguments) {
    List<String> command = new ArrayList<>(List.of(path(name)));
    command.addAll(List.of(arguments));
    return run(
        command,
        Map.of(
            "NODETOOL",
            nodetool + " -p " + jmxPort,
            "CORKBOARD",
            corkboard.toString(),
            "CASSANDRA_CONTACT_POINTS",
            contactPoint));
  }

  /** What {@code corkboard database} says. */
  End database(String contactPoint, String command) {
    return run(
        List.of(corkboard.toString(), "database", command),
        Map.of("CASSANDRA_CONTACT_POINTS", contactPoint));
  }

  private End run(List<String> command, Map<String, String> environment) {
    return run(folder, command, environment);
  }

  static String path(String script) {
    return FOLDER.resolve(script).toString();
  }

  /**
   * Runs a command with more in its environment; what it says goes through a file of the folder.
   */
  static End run(Path folder, List<String> command, Map<String, String> environment) {
    File output = folder.resolve("output.txt").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroy();
        throw new AssertionError(command + " does not end: " + Files.readString(output.toPath()));
      }
      return new End(process.exitValue(), Files.readString(output.toPath()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Path script(String name, List<String> words) {
    List<String> quoted = new ArrayList<>();
    quoted.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    quoted.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", Launcher.COMPILE_LESS));
    quoted.addAll(words);
    String line = String.join(" ", quoted.stream().map(word -> "'" + word + "'").toList());
    Path file = write(name, "#!/bin/sh\nexec " + line + " \"$@\"\n");
    try {
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
