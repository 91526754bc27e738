// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.platform.cassandra.CassandraLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessConfigTest {
  @TempDir private Path folder;

  private String file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "f", ""), text).toString();
  }

  private static ProcessConfig config(Map<String, String> env) {
    return ProcessConfig.fromEnv(Env.of(env));
  }

  @Test
  void nothingSetIsTheDefault() {
    assertThat(config(Map.of())).isEqualTo(ProcessConfig.DEFAULT);
  }

  @Test
  void theTlsFilesAreNamedTogether() {
    Map<String, String> all =
        Map.of("TLS_CERT_FILE", "c.pem", "TLS_KEY_FILE", "k.pem", "TLS_CA_FILE", "a.pem");
    assertThat(config(all).tls())
        .contains(new TlsConfig(Path.of("c.pem"), Path.of("k.pem"), Path.of("a.pem")));
    assertThatThrownBy(() -> config(Map.of("TLS_CERT_FILE", "c.pem", "TLS_CA_FILE", "a.pem")))
        .hasMessage("TLS_KEY_FILE:  (expected: a PEM file, as the other TLS files are named)");
  }

  @Test
  void durationsAndSwitchesAreRead() {
    ProcessConfig config =
        config(
            Map.of(
                "DRAIN_DELAY", "5s",
                "GRPC_MAX_CONNECTION_AGE", "10m",
                "CONCURRENCY_LIMIT", "false"));
    assertThat(config.drainDelay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.maxConnectionAge()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.concurrencyLimit()).isFalse();
    assertThatThrownBy(() -> config(Map.of("GRPC_MAX_CONNECTION_AGE", "0s")))
        .hasMessage("GRPC_MAX_CONNECTION_AGE: 0 (expected: more than 0)");
  }

  @Test
  void aPasswordComesFromItsFileAndIsNotShown() throws IOException {
    ProcessConfig config = config(Map.of("REDIS_PASSWORD_FILE", file("s3cret pass\n")));
    assertThat(config.redis().password()).contains(new Secret("s3cret pass"));
    assertThat(config.toString()).doesNotContain("s3cret");
    CassandraLogin login =
        CassandraLogin.fromEnv(
            Env.of(Map.of("CASSANDRA_USERNAME", "u", "CASSANDRA_PASSWORD_FILE", file("s3cret\n"))));
    assertThat(login.user()).contains(new CassandraLogin.User("u", new Secret("s3cret")));
    assertThat(login.toString()).doesNotContain("s3cret");
  }

  @Test
  void whatIsMissingIsSaidInOneLine() throws IOException {
    assertThatThrownBy(() -> config(Map.of("REDIS_PASSWORD_FILE", "/no/such/file")))
        .hasMessage("REDIS_PASSWORD_FILE: /no/such/file (expected: a file that can be read)");
    String empty = file("\n");
    assertThatThrownBy(() -> config(Map.of("REDIS_PASSWORD_FILE", empty)))
        .hasMessage("REDIS_PASSWORD_FILE: " + empty + " (expected: a file with a secret)");
    assertThatThrownBy(() -> config(Map.of("REDIS_TLS_CA_FILE", empty)))
        .hasMessage("REDIS_TLS_CA_FILE: " + empty + " (expected: certificates in PEM)");
    assertThatThrownBy(() -> CassandraLogin.fromEnv(Env.of(Map.of("CASSANDRA_USERNAME", "u"))))
        .hasMessage("CASSANDRA_PASSWORD_FILE:  (expected: the file of the password of u)");
  }
}
