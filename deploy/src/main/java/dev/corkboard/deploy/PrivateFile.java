// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corkboard.stores.StartFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files of JSON that hold secrets: readable by their owner alone, and never half written. */
final class PrivateFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PrivateFile() {}

  static void write(Path file, Object content) {
    try {
      Path unfinished =
          Files.createTempFile(
              file.getParent(),
              file.getFileName().toString(),
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      JSON.writeValue(unfinished.toFile(), content);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T read(Path file, Class<T> type) {
    try {
      return JSON.readValue(file.toFile(), type);
    } catch (IOException e) {
      throw new StartFailedException(file + " is not what Corkboard wrote; remove it", e);
    }
  }
}
