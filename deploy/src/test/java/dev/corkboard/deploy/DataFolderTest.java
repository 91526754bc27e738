// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.stores.StartFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path parent;

  @Test
  void aFolderInUseIsRefusedInOneLineWithThePidOfTheOther() {
    try (DataFolder first = DataFolder.open(parent.resolve("data"))) {
      assertThatThrownBy(() -> DataFolder.open(first.path()))
          .isInstanceOf(StartFailedException.class)
          .message()
          .hasLineCount(1)
          .contains(first.path().toString())
          .contains("pid " + ProcessHandle.current().pid());
    }
  }

  @Test
  void aFolderGivenFreeIsTakenAgainWithItsData() throws IOException {
    Path data = parent.resolve("data");
    try (DataFolder first = DataFolder.open(data)) {
      Files.writeString(Files.createDirectories(first.keys()).resolve("a.jwk"), "a");
    }
    try (DataFolder second = DataFolder.open(data)) {
      assertThat(second.keys().resolve("a.jwk")).hasContent("a");
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsRefusedInOneLine() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
        .isInstanceOf(StartFailedException.class)
        .message()
        .contains("cannot be written")
        .hasLineCount(1);
  }

  @Test
  void anEphemeralFolderLeavesNothing() throws IOException {
    Path data = parent.resolve("data");
    try (DataFolder folder = DataFolder.openEphemeral(data)) {
      Files.writeString(Files.createDirectories(folder.media().resolve("a/b")).resolve("c"), "c");
    }
    assertThat(data).doesNotExist();
  }

  @Test
  void anEphemeralFolderKeepsWhatItDidNotMake() throws IOException {
    Path kept = Files.writeString(parent.resolve("notes.txt"), "mine");
    try (DataFolder folder = DataFolder.openEphemeral(parent)) {
      Files.createDirectories(folder.media());
    }
    assertThat(parent).isDirectoryContaining(kept::equals).isDirectoryNotContaining("glob:**media");
  }

  @Test
  void anEphemeralRunNeverStartsOnData() throws IOException {
    Path media = Files.createDirectories(parent.resolve("media"));
    assertThatThrownBy(() -> DataFolder.openEphemeral(parent))
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("media");
    assertThat(media).exists();
  }

  @Test
  void temporaryFoldersAreNewAndGoWithTheRun() {
    Path path;
    try (DataFolder one = DataFolder.openTemporary(parent);
        DataFolder other = DataFolder.openTemporary(parent)) {
      assertThat(one.path()).isNotEqualTo(other.path());
      path = one.path();
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void whatAKilledTemporaryRunLeftIsClearedAndALivingOneIsNot() throws IOException {
    try (DataFolder mine = DataFolder.openTemporary(parent);
        DataFolder living = DataFolder.openTemporary(parent)) {
      Path left = Files.createDirectories(mine.path().resolveSibling("left-" + System.nanoTime()));
      Files.writeString(left.resolve("lock"), "1");
      Files.createDirectories(left.resolve("cassandra/data"));
      Path starting = Files.createTempDirectory(mine.path().getParent(), "starting");

      mine.clearAbandoned();

      assertThat(left).doesNotExist();
      assertThat(living.path()).exists();
      assertThat(starting).exists();
      Files.delete(starting);
    }
  }

  @Test
  void aLinkBesideATemporaryRunIsNotFollowed() throws IOException {
    Path data = Files.createDirectories(parent.resolve("data/media"));
    Files.writeString(data.resolveSibling("lock"), "1");
    try (DataFolder mine = DataFolder.openTemporary(parent)) {
      Path link = Files.createSymbolicLink(mine.path().resolveSibling("link"), data.getParent());

      mine.clearAbandoned();

      assertThat(data).exists();
      assertThat(link).isSymbolicLink();
    }
  }

  @Test
  void temporaryFoldersLieWhereNobodyElseReadsOrWrites() throws IOException {
    try (DataFolder folder = DataFolder.openTemporary(parent)) {
      assertThat(Files.getPosixFilePermissions(folder.path().getParent()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aTemporaryFolderOthersMayWriteIsRefusedInOneLine() throws IOException {
    Path shared;
    try (DataFolder folder = DataFolder.openTemporary(parent)) {
      shared = folder.path().getParent();
    }
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRefusesTemporary(shared);
  }

  @Test
  void aLinkInPlaceOfTheTemporaryFolderIsRefusedInOneLine() throws IOException {
    Path shared;
    try (DataFolder folder = DataFolder.openTemporary(parent)) {
      shared = folder.path().getParent();
    }
    Files.move(shared, parent.resolve("elsewhere"));
    Files.createSymbolicLink(shared, parent.resolve("elsewhere"));
    assertRefusesTemporary(shared);
  }

  private void assertRefusesTemporary(Path shared) {
    assertThatThrownBy(() -> DataFolder.openTemporary(parent))
        .isInstanceOf(StartFailedException.class)
        .message()
        .contains(shared.toString())
        .contains("700")
        .hasLineCount(1);
    assertThat(shared).isEmptyDirectory();
  }

  @Test
  void aLockFileOfOthersIsLeftAsItIs() throws IOException {
    Path lock = Files.writeString(parent.resolve("lock"), "yarn.lock, version 1");
    for (ThrowingCallable open :
        List.<ThrowingCallable>of(
            () -> DataFolder.open(parent), () -> DataFolder.openEphemeral(parent))) {
      assertThatThrownBy(open)
          .isInstanceOf(StartFailedException.class)
          .message()
          .contains(parent.toString())
          .contains("lock")
          .hasLineCount(1);
    }
    assertThat(lock).hasContent("yarn.lock, version 1");
  }

  @Test
  void aLockFileThatIsALinkIsNotWrittenThrough() throws IOException {
    Path number = Files.writeString(parent.resolve("number"), "17");
    Path data = Files.createDirectory(parent.resolve("data"));
    Files.createSymbolicLink(data.resolve("lock"), number);
    assertThatThrownBy(() -> DataFolder.open(data)).isInstanceOf(StartFailedException.class);
    assertThat(number).hasContent("17");
  }
}
