// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DatabaseCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(Map<String, String> environment, String... arguments) {
    CommandLine commands = Main.commandLine(environment);
    commands.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return commands.execute(arguments);
  }

  @Test
  void namesTheKeyspaceOfEachService() {
    assertThat(execute(Map.of("PIN_KEYSPACE", "pins"), "database", "keyspaces")).isZero();
    assertThat(out.toString().lines())
        .containsExactly("corkboard_account", "corkboard_board", "pins", "corkboard_collage");
  }

  @Test
  void aBadSettingIsOneLine() {
    int code = execute(Map.of("CASSANDRA_CONTACT_POINTS", "here:"), "database", "count");

    assertThat(code).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "corkboard: CASSANDRA_CONTACT_POINTS: here: (expected: host:port, comma-separated)");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(execute(Map.of(), "database", "create", "/no/such/schema.cql")).isEqualTo(1);
    assertThat(err.toString()).contains("/no/such/schema.cql");
  }
}
