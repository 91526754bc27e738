// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalMediaStoreTest implements MediaStoreContract {
  private static final MediaKey KEY = new MediaKey("ab".repeat(32), 255, RenditionSize.ORIGINALS);

  @TempDir Path directory;
  private LocalMediaStore store;

  @BeforeEach
  void open() {
    store =
        new LocalMediaStore(directory.resolve("content"), new Spool(directory.resolve("spool")));
  }

  @Override
  public MediaStore store() {
    return store;
  }

  @Test
  void filesFanOut() throws IOException {
    store.put(KEY, new byte[] {1});
    assertThat(directory.resolve("content/ab/ab/" + KEY.sha256() + "/ff/originals")).exists();
    try (Stream<Path> left = Files.list(directory.resolve("spool"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void deletionTakesEmptyDirectoriesAlong() throws IOException {
    store.put(KEY, new byte[] {1});
    store.delete(KEY);
    try (Stream<Path> left = Files.list(directory.resolve("content/ab/ab"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void filesOfOthersAreNotListed() throws IOException {
    store.put(KEY, new byte[] {1});
    Path place = directory.resolve("content/ab/ab/" + KEY.sha256() + "/ff");
    Files.createFile(place.resolve("stranger"));
    Files.createFile(directory.resolve("content/readme"));
    Path misplaced =
        Files.createDirectories(directory.resolve("content/00/11/" + KEY.sha256() + "/ff"));
    Files.createFile(misplaced.resolve("originals"));
    Path unnumbered =
        Files.createDirectories(directory.resolve("content/ab/ab/" + KEY.sha256() + "/xyz"));
    Files.createFile(unnumbered.resolve("originals"));
    List<MediaKey> listed = new ArrayList<>();
    store.forEach(listed::add);
    assertThat(listed).containsExactly(KEY);
  }

  @Test
  void whatACrashLeftInTheSpoolGoesAtTheNextStart() throws IOException {
    Spool spool = new Spool(directory.resolve("spool"));
    Path abandoned = spool.create();
    Path running = spool.create();
    Path strange = Files.createFile(directory.resolve("spool/strange"));
    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    Files.setLastModifiedTime(abandoned, yesterday);
    Files.setLastModifiedTime(strange, yesterday);
    assertThat(new Spool(directory.resolve("spool")).create()).exists();
    assertThat(abandoned).doesNotExist();
    assertThat(running).exists();
    assertThat(strange).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../../etc/passwd", "AB", "/etc/passwd", "\u0000"})
  void keysCannotNameAnythingElse(String sha256) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MediaKey(sha256, 1, RenditionSize.ORIGINALS));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new MediaKey(KEY.sha256().toUpperCase(java.util.Locale.ROOT), 1, KEY.size()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MediaKey(KEY.sha256(), -1, RenditionSize.ORIGINALS));
  }
}
