// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisBinaryTest {
  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-amd64",
    "Linux, aarch64, linux-arm64",
    "Mac OS X, x86_64, darwin-amd64",
    "Mac OS X, aarch64, darwin-arm64"
  })
  void everyBundledMachineHasItsServerInTheJar(String os, String arch, String suffix) {
    String resource = RedisBinary.resource(os, arch);

    assertThat(resource).endsWith("-" + suffix);
    assertThat(getClass().getResource(resource)).isNotNull();
  }

  @Test
  void anotherMachineIsToldToBringItsOwn() {
    assertThatThrownBy(() -> RedisBinary.resource("Windows 11", "amd64"))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("no Redis is bundled for Windows 11 on amd64")
        .hasMessageContaining("REDIS_URI");
  }

  @Test
  void isExtractedOnceExecutableAndWithNothingBesides() throws IOException {
    Path first = RedisBinary.extract(dir);
    Object written = Files.getLastModifiedTime(first);

    assertThat(RedisBinary.extract(dir)).isEqualTo(first).isExecutable();
    assertThat(Files.getLastModifiedTime(first)).isEqualTo(written);
    assertThat(dir).isDirectoryContaining(file -> file.equals(first));
    try (var files = Files.list(dir)) {
      assertThat(files).hasSize(1);
    }
  }
}
