// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.stores.ChildProcess;
import dev.corkboard.stores.TestStores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large video is never held whole: a process with little memory stores it and reads it back. */
class S3MemoryIT {
  private static final long SIZE = 300L << 20;

  @TempDir Path folder;

  @Test
  void videoTenTimesTheHeapPassesThrough() throws Exception {
    Path video = Buckets.file(folder, SIZE);
    S3Config config = Buckets.create();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx30m",
            "-XX:MaxDirectMemorySize=8m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            LargeFileCopy.class.getName(),
            TestStores.s3().endpoint(),
            config.bucket(),
            video.toString());
    try (ChildProcess copy = ChildProcess.start("copy", folder, command, Map.of(), false)) {
      int exit = copy.onExit().get(5, TimeUnit.MINUTES);
      String output = Files.readString(folder.resolve("log/copy.out"));
      assertThat(exit).as(output).isZero();
      assertThat(output).contains("sha256 " + digest(video));
    }
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.of(in);
    }
  }
}
