// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Jdk17Test {
  @TempDir Path dir;

  @Test
  void takesJavaHomeWhenItIs17() throws IOException {
    Path home = jdk("a", "17.0.15");
    Path running = jdk("running", "25.0.3");

    assertThat(search(Map.of("JAVA_HOME", home.toString()), running)).isEqualTo(home);
  }

  @Test
  void passesOverANewerJavaHomeForTheRunningJava() throws IOException {
    Path newer = jdk("newer", "25.0.3");
    Path running = jdk("running", "17");

    assertThat(search(Map.of("JAVA_HOME", newer.toString()), running)).isEqualTo(running);
  }

  @Test
  void followsTheLinksOfAJavaOnThePath() throws IOException {
    Path home = jdk("real", "17.0.2");
    Path bin = Files.createDirectories(dir.resolve("usr-bin"));
    Files.createSymbolicLink(bin.resolve("java"), home.resolve("bin/java"));
    Path running = jdk("running", "21.0.1");

    assertThat(search(Map.of("PATH", "/nowhere:" + bin), running)).isEqualTo(home.toRealPath());
  }

  @Test
  void looksInTheUsualFoldersTheMacOsLayoutIncluded() throws IOException {
    jdk("jvms/temurin-25", "25.0.3");
    Path mac = jdk("jvms/temurin-17.jdk/Contents/Home", "17.0.9");
    Path running = jdk("running", "25.0.3");

    assertThat(search(Map.of(), running)).isEqualTo(mac);
  }

  @Test
  void namesWhatItFoundWhenNoneIs17() throws IOException {
    Path running = jdk("running", "25.0.3");
    Path old = jdk("jvms/jdk8", "1.8.0_402");

    assertThatThrownBy(() -> search(Map.of(), running))
        .isInstanceOf(StartFailedException.class)
        .hasMessageStartingWith(
            "Cassandra 5 needs a JDK 17; found 25 at " + running + ", 8 at " + old + ";")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void saysNoneOnAMachineWithoutJava() {
    assertThatThrownBy(() -> search(Map.of(), dir.resolve("gone")))
        .hasMessageStartingWith("Cassandra 5 needs a JDK 17; found none;");
  }

  @Test
  void anExplicitChoiceIsTheOnlyPlaceAndMustBeRight() throws IOException {
    Path running = jdk("running", "17.0.15");
    Path chosen = jdk("chosen", "21.0.1");

    assertThatThrownBy(() -> search(Map.of("CASSANDRA_JAVA_HOME", chosen.toString()), running))
        .hasMessageContaining("found 21 at " + chosen)
        .hasMessageContaining("CASSANDRA_JAVA_HOME=" + chosen);
  }

  @Test
  void aFolderWithoutAJavaToRunDoesNotCount() throws IOException {
    Path home = jdk("broken", "17.0.1");
    Files.delete(home.resolve("bin/java"));

    assertThatThrownBy(() -> search(Map.of(), home)).hasMessageContaining("found none");
  }

  private Path search(Map<String, String> environment, Path running) {
    return new Jdk17(environment, running, List.of(dir.resolve("jvms"))).locate();
  }

  private Path jdk(String folder, String version) throws IOException {
    Path home = dir.resolve(folder);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    Path java = Files.createFile(home.resolve("bin/java"));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }
}
