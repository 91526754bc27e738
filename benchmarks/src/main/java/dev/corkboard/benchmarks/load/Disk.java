// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A small file system in memory that can be filled up; mounted by root on Linux alone. */
final class Disk implements AutoCloseable {
  private static final int BLOCK = 64 * 1024;

  private final Path folder;

  private Disk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one, if this machine lets us. */
  static Optional<Disk> mount(Path folder, int megabytes) {
    try {
      Files.createDirectories(folder);
      boolean mounted =
          run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
      return mounted ? Optional.of(new Disk(folder)) : Optional.empty();
    } catch (IOException noSuchProgram) {
      return Optional.empty();
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  /** Writes until nothing more fits. */
  void fill() {
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) out.write(block);
    } catch (IOException full) {
      // as it has to be
    }
  }

  /**
   * Makes room, and removes the segments of a commit log that were made without any: they hold no
   * more than zeros, and a node does not start where one of them is followed by another.
   */
  void free() {
    try {
      Files.deleteIfExists(filler());
      for (Path segment : segments()) {
        if (isBlank(segment)) Files.delete(segment);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".log")).toList();
    }
  }

  /** Whether there is not even the version that a segment begins with. */
  private static boolean isBlank(Path segment) throws IOException {
    try (InputStream in = Files.newInputStream(segment)) {
      byte[] version = in.readNBytes(Integer.BYTES);
      return version.length < Integer.BYTES || ByteBuffer.wrap(version).getInt() == 0;
    }
  }

  @Override
  public void close() {
    try {
      if (!run("umount", "-l", folder.toString())) {
        throw new IllegalStateException(folder + " stays mounted");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean run(String... command) throws IOException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
