// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of uploads and fetches on their way in. What a crash left is deleted at the next start,
 * once it is older than any transfer may last.
 */
final class Spool {
  private static final Logger log = LoggerFactory.getLogger(Spool.class);
  private static final String SUFFIX = ".part";
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path directory;

  /** Uses a directory, made when missing; other processes may share it. */
  Spool(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      deleteAbandoned(Instant.now().minus(ABANDONED));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + directory, e);
    }
  }

  private void deleteAbandoned(Instant before) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) delete(file);
      }
    }
  }

  Path create() throws IOException {
    return Files.createTempFile(directory, "", SUFFIX);
  }

  /** Never fails: what cannot be deleted is left to the next start. */
  void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.atWarn().addKeyValue("file", file).setCause(e).log("temporary file left behind");
    }
  }
}
