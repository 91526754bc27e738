// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corkboard.platform.config.PrivateFiles;
import dev.corkboard.stores.StartFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Reads and writes JSON that holds secrets. */
final class PrivateJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PrivateJson() {}

  static void write(Path file, Object content) {
    try {
      PrivateFiles.write(file, JSON.writeValueAsString(content));
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
