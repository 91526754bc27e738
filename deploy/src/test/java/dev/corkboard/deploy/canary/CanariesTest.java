// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search itself can find. */
class CanariesTest {
  private final Canaries canaries = new Canaries();

  @Test
  void aPlantedLineIsFound(@TempDir Path folder) throws Exception {
    String password = canaries.plant("password");
    String title = canaries.plant("title");
    Path log = Files.createDirectories(folder.resolve("log")).resolve("edge.log");
    Files.writeString(log, "{\"message\":\"nothing\"}\n{\"message\":\"a Pin: " + title + "!\"}\n");
    assertThat(canaries.below(folder)).singleElement().asString().startsWith("title in edge.log");
    String basic = Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
    assertThat(canaries.in("header", "Basic " + basic)).hasSize(1);
    assertThat(canaries.in("header", "Basic bm90aGluZw==")).isEmpty();
  }
}
