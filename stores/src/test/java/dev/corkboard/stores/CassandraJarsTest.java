// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraJarsTest {
  @TempDir Path dir;

  @Test
  void thePropertyGoesBeforeTheEnvironment() throws IOException {
    Path jar = Files.createFile(dir.resolve("cassandra-all-5.0.9.jar"));
    Files.createFile(dir.resolve("README"));

    assertThat(find(dir.toString(), "/nowhere").jars()).containsExactly(jar);
  }

  @Test
  void theEnvironmentServesWithoutTheProperty() throws IOException {
    Files.createFile(dir.resolve("cassandra-all-5.0.9.jar"));

    assertThat(find("", dir.toString()).folder()).isEqualTo(dir);
  }

  @Test
  void saysHowToNameTheFolder() {
    assertThatThrownBy(() -> find("", ""))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("CASSANDRA_LIB")
        .hasMessageContaining("corkboard.cassandra.lib");
  }

  @Test
  void aFolderWithoutCassandraIsNamedWithTheCommandThatFillsIt() throws IOException {
    Files.createFile(dir.resolve("guava.jar"));

    assertThatThrownBy(() -> find(dir.toString(), ""))
        .hasMessageStartingWith("no Cassandra in " + dir)
        .hasMessageContaining("stores/cassandra");
    assertThatThrownBy(() -> find(dir.resolve("gone").toString(), ""))
        .hasMessageStartingWith("no Cassandra in ");
  }

  private static CassandraJars find(String property, String environment) {
    Properties properties = new Properties();
    if (!property.isEmpty()) {
      properties.setProperty(CassandraJars.PROPERTY, property);
    }
    return CassandraJars.find(properties, Map.of("CASSANDRA_LIB", environment));
  }
}
