// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The folder one Cassandra lives in: its configuration, and the command that starts it there. */
final class CassandraHome {
  private final Path home;
  private final Path logFile;

  CassandraHome(Path dataDir) {
    this.home = dataDir.resolve("cassandra").toAbsolutePath();
    this.logFile = dataDir.resolve("log").resolve("cassandra.log").toAbsolutePath();
  }

  /** Writes the configuration for this address and these ports. */
  void configure(NodeAddress address, int nativePort, int storagePort) {
    String yaml =
        resource("cassandra.yaml")
            .replace("@NATIVE_PORT@", Integer.toString(nativePort))
            .replace("@STORAGE_PORT@", Integer.toString(storagePort))
            .replace("@HOST@", address.host())
            .replace("@ANNOUNCED@", address.announced())
            .replace("@SEEDS@", seeds(address, storagePort));
    if (address.token().isPresent()) {
      yaml += "initial_token: " + address.token().getAsLong() + "\n";
    }
    try {
      Files.createDirectories(home.resolve("conf"));
      Files.createDirectories(home.resolve("tmp"));
      Files.writeString(yaml(), yaml);
      Files.writeString(logback(), resource("cassandra-logback.xml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String seeds(NodeAddress address, int storagePort) {
    return address.seeds().stream()
        .map(host -> host + ":" + storagePort)
        .collect(Collectors.joining(","));
  }

  List<String> command(
      Path jdk, CassandraJars jars, CassandraOptions options, List<String> archive) {
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin/java").toString());
    // Cassandra started as root locks its heap in memory, so the heap starts small.
    command.addAll(
        List.of("-Xms32m", "-Xmx" + options.heapMegabytes() + "m", "-Xss256k", "-XX:+UseSerialGC"));
    command.addAll(
        List.of(
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-XX:ErrorFile=" + home.resolve("hs_err_%p.log"),
            "-Djava.io.tmpdir=" + home.resolve("tmp"),
            "-Djna.tmpdir=" + home.resolve("tmp"),
            "-Djava.net.preferIPv4Stack=true"));
    command.addAll(
        List.of(
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED"));
    command.addAll(options.javaOptions());
    command.addAll(archive);
    command.addAll(
        List.of(
            "-Dlogback.configurationFile=" + logback(),
            "-Dcorkboard.log=" + logFile,
            "-Dcassandra.storagedir=" + home,
            "-Dcassandra.config=" + yaml().toUri(),
            // Otherwise the daemon closes its output and the reason of a failure is lost.
            "-Dcassandra-foreground=yes",
            "-Dcassandra.ring_delay_ms=0",
            "-Dcassandra.superuser_setup_delay_ms=0",
            // Measured at each start otherwise, with a result that never changes.
            "-Dcassandra.memtable.row_overhead_size=180"));
    if (options.address().isAlone()) {
      // A node alone waits for nobody.
      command.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
      command.add("-Dcassandra.shutdown_announce_in_ms=0");
    }
    command.add("-cp");
    command.add(
        jars.jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add("org.apache.cassandra.service.CassandraDaemon");
    return command;
  }

  private Path yaml() {
    return home.resolve("conf").resolve("cassandra.yaml");
  }

  private Path logback() {
    return home.resolve("conf").resolve("logback.xml");
  }

  private static String resource(String name) {
    try (InputStream in = CassandraHome.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
