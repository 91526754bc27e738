// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import dev.corkboard.platform.cassandra.CassandraConfig;
import dev.corkboard.platform.cassandra.Restoring;
import dev.corkboard.platform.config.Env;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code backup/backup} and {@code backup/restore} ask of the database by CQL. */
@Command
final class DatabaseCommand {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;

  DatabaseCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Prints the names of the keyspaces, one a line. */
  @Command
  int keyspaces() {
    configs().forEach(config -> out().println(config.keyspace()));
    return end();
  }

  /** Creates the keyspaces and, in them, what a file of CQL says; refuses when one is there. */
  @Command
  int create(@Parameters(paramLabel = "FILE") Path schema) throws IOException {
    Logs.silence();
    Restoring.createSchema(configs(), Files.readString(schema));
    return end();
  }

  /** Prints each table and how many rows it has. */
  @Command
  int count() {
    Logs.silence();
    for (CassandraConfig config : configs()) {
      Restoring.countRows(config).forEach((table, rows) -> out().println(table + " " + rows));
    }
    return end();
  }

  private List<CassandraConfig> configs() {
    Env env = Env.of(environment);
    return Arrays.stream(Service.values())
        .map(service -> service.cassandra(env))
        .flatMap(Optional::stream)
        .toList();
  }

  private int end() {
    out().flush();
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
