// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  private static final String WRITE = "-XX:ArchiveClassesAtExit=";
  private static final String READ = "-XX:SharedArchiveFile=";

  @TempDir Path dir;
  private Path jar;

  @BeforeEach
  void aJdkAndOneJar() throws IOException {
    Files.createDirectories(dir.resolve("lib"));
    Files.createDirectories(dir.resolve("jdk"));
    Files.writeString(dir.resolve("jdk/release"), "JAVA_VERSION=\"17.0.15\"");
    jar = Files.writeString(dir.resolve("lib/a.jar"), "a");
  }

  @Test
  void isWrittenByTheFirstRunAndReadByTheNext() throws IOException {
    ClassArchive first = archive();
    assertThat(first.flags()).anyMatch(flag -> flag.startsWith(WRITE));
    assertThat(first.isMissing()).isTrue();
    Files.writeString(written(first, WRITE), "classes");

    first.keep();

    ClassArchive next = archive();
    assertThat(next.isMissing()).isFalse();
    assertThat(written(next, READ)).hasContent("classes");
  }

  @Test
  void aRunThatWroteNoneLeavesTheNextToTry() {
    ClassArchive first = archive();
    first.flags();

    first.keep();

    assertThat(archive().flags()).anyMatch(flag -> flag.startsWith(WRITE));
  }

  @Test
  void otherJarsOrAnotherJavaGetAnotherArchive() throws IOException {
    ClassArchive first = archive();
    Files.writeString(written(first, WRITE), "classes");
    first.keep();

    Files.writeString(dir.resolve("jdk/release"), "JAVA_VERSION=\"17.0.16\"");
    assertThat(archive().isMissing()).isTrue();

    Files.writeString(dir.resolve("jdk/release"), "JAVA_VERSION=\"17.0.15\"");
    assertThat(archive().isMissing()).isFalse();
    Files.writeString(jar, "a newer one");
    assertThat(archive().isMissing()).isTrue();
  }

  @Test
  void whatAKilledLauncherLeftIsDeletedOnceThereIsOne() throws IOException {
    ClassArchive killed = archive();
    Path left = Files.writeString(written(killed, WRITE), "left");
    ClassArchive kept = archive();
    Files.writeString(written(kept, WRITE), "classes");
    kept.keep();

    archive().flags();

    assertThat(left).doesNotExist();
    assertThat(written(archive(), READ)).hasContent("classes");
  }

  @Test
  void withoutAPlaceToWriteCassandraStartsWithoutOne() throws IOException {
    Files.createFile(dir.resolve("class-archive"));

    assertThat(archive().flags()).isEmpty();
  }

  private ClassArchive archive() {
    return ClassArchive.of(dir.resolve("jdk"), new CassandraJars(dir.resolve("lib"), List.of(jar)));
  }

  private static Path written(ClassArchive archive, String flag) {
    return archive.flags().stream()
        .filter(each -> each.startsWith(flag))
        .map(each -> Path.of(each.substring(flag.length())))
        .findFirst()
        .orElseThrow();
  }
}
