// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Headers of videos: read, or found broken; never more than the file can hold. */
public final class VideoHeaderFuzz {
  private static final Path FILE = file();

  private VideoHeaderFuzz() {}

  private static Path file() {
    try {
      Path file = Files.createTempFile("fuzz", ".video");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    Files.write(FILE, bytes);
    try {
      VideoHeader header = VideoHeader.read(FILE);
      if (Math.min(header.width(), header.height()) < 1
          || Math.max(header.width(), header.height()) > VideoHeader.MAX_SIDE
          || header.rotation() % 90 != 0) {
        throw new AssertionError(header.toString());
      }
    } catch (BrokenVideoException broken) {
      // what it is for
    }
  }
}
