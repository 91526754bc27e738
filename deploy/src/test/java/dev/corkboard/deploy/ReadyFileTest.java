// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyFileTest {
  @TempDir private Path folder;

  private final ReadyFile ready =
      new ReadyFile(
          "http://127.0.0.1:8080",
          Map.of("account", "127.0.0.1:9001"),
          Map.of("account", "127.0.0.1:9101"),
          Map.of("redis", "redis://127.0.0.1:6379"),
          Map.of("demo", "token"),
          Map.of("id", "17"),
          Map.of("demo", "password"),
          Map.of("cassandra", 1L));

  @Test
  void theShapeIsTheDocumentedOne() throws IOException {
    Path file = folder.resolve("ready.json");
    ready.write(file);
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(file.toFile()))
        .isEqualTo(
            json.readTree(
                """
                {"edge":"http://127.0.0.1:8080","grpc":{"account":"127.0.0.1:9001"},
                 "admin":{"account":"127.0.0.1:9101"},
                 "stores":{"redis":"redis://127.0.0.1:6379"},
                 "tokens":{"demo":"token"},"client":{"id":"17"},
                 "passwords":{"demo":"password"},"pids":{"cassandra":1}}
                """));
  }

  @Test
  void onlyTheOwnerReadsTheTokens() throws IOException {
    Path file = folder.resolve("ready.json");
    ready.write(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void writingReplacesAnOldOneAndLeavesNothingBeside() throws IOException {
    Path file = Files.writeString(folder.resolve("ready.json"), "old");
    ready.write(file);
    assertThat(file).content().startsWith("{\"edge\"");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void removingOneThatIsNotThereIsFine() {
    ReadyFile.delete(folder.resolve("ready.json"));
    assertThat(folder).isEmptyDirectory();
  }
}
