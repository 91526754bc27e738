// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data folder of one test process, which knows its owner so that a later run can clear it. */
final class TestFolder {
  private static final Logger log = LoggerFactory.getLogger(TestFolder.class);
  private static final String OWNER = "owner";
  private static final String PREFIX = "stores-";

  private TestFolder() {}

  /** A new folder owned by this process, after clearing those whose owner was killed. */
  static Path create(Path parent) {
    try {
      Files.createDirectories(parent);
      sweep(parent);
      // Named only when the owner is written: a folder another process can see always has one.
      Path unnamed = Files.createTempDirectory(parent, "new-");
      ProcessRecord.of(OWNER, ProcessHandle.current()).write(unnamed);
      return Files.move(unnamed, parent.resolve(PREFIX + unnamed.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the folder and what is in it; what cannot be deleted is left and said. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      log.warn("{} is not deleted: {}", folder, e.toString());
    }
  }

  private static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        List<ProcessRecord> records = ProcessRecord.readAll(folder);
        boolean owned =
            records.stream()
                .anyMatch(entry -> entry.name().equals(OWNER) && entry.running().isPresent());
        if (!owned) {
          ProcessRecord.endOrphans(folder, Duration.ZERO);
          delete(folder);
        }
      }
    }
  }
}
