// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classes already loaded and verified, so that the next start needs not do it again: about a fifth
 * less processor time.
 *
 * <p>Written by the Java that runs Cassandra when it stops for the first time, beside the jars; one
 * per Java and set of jars. Never required: without it, or where the folder cannot be written, the
 * start only takes longer.
 */
final class ClassArchive {
  private static final Logger log = LoggerFactory.getLogger(ClassArchive.class);

  private final Path file;
  private final Path unfinished;

  private ClassArchive(Path file, Path unfinished) {
    this.file = file;
    this.unfinished = unfinished;
  }

  static ClassArchive of(Path jdk, CassandraJars jars) {
    Path folder = jars.folder().resolveSibling("class-archive");
    String key = UUID.nameUUIDFromBytes(describe(jdk, jars)).toString();
    return new ClassArchive(
        folder.resolve(key + ".jsa"), folder.resolve(key + "-" + UUID.randomUUID() + ".tmp"));
  }

  /** Whether the next stop should be an orderly one, because it writes the archive. */
  boolean isMissing() {
    return !Files.exists(file) && Files.isWritable(file.getParent());
  }

  List<String> flags() {
    if (Files.exists(file)) {
      deleteUnfinished();
      return List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + file, "-Xlog:cds=off");
    }
    try {
      Files.createDirectories(file.getParent());
      return List.of("-XX:ArchiveClassesAtExit=" + unfinished, "-Xlog:cds=off");
    } catch (IOException readOnly) {
      log.debug("no class archive: {}", readOnly.toString());
      return List.of();
    }
  }

  /** Takes what the ended process wrote into use; of several writers the last wins. */
  void keep() {
    try {
      if (Files.exists(unfinished)) {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      log.debug("class archive not kept: {}", e.toString());
    }
  }

  /** What was written for a launcher that was killed before it could take it into use. */
  private void deleteUnfinished() {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(file.getParent(), "*.tmp")) {
      for (Path path : left) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      log.debug("unfinished class archives not deleted: {}", e.toString());
    }
  }

  private static byte[] describe(Path jdk, CassandraJars jars) {
    StringBuilder text = new StringBuilder().append(jdk);
    try {
      text.append(Files.readString(jdk.resolve("release")));
      for (Path jar : jars.jars()) {
        text.append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
      }
    } catch (IOException e) {
      log.debug("class archive key incomplete: {}", e.toString());
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
