// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The folder with Cassandra's own jars, which never meet ours on one class path.
 *
 * @param jars in a stable order
 */
record CassandraJars(Path folder, List<Path> jars) {
  /**
   * The system property that names the folder; {@code CASSANDRA_LIB} in the environment is next.
   */
  static final String PROPERTY = "corkboard.cassandra.lib";

  static CassandraJars find() {
    return find(System.getProperties(), System.getenv());
  }

  static CassandraJars find(Properties properties, Map<String, String> environment) {
    String folder = properties.getProperty(PROPERTY, environment.getOrDefault("CASSANDRA_LIB", ""));
    if (folder.isEmpty()) {
      throw new StartFailedException(
          "where Cassandra's jars lie is not known: set CASSANDRA_LIB or -D" + PROPERTY);
    }
    List<Path> jars = list(Path.of(folder));
    if (jars.stream().noneMatch(jar -> jar.getFileName().toString().startsWith("cassandra-all-"))) {
      throw new StartFailedException(
          "no Cassandra in "
              + folder
              + ": build it with mvn process-resources -pl stores/cassandra");
    }
    return new CassandraJars(Path.of(folder), jars);
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
