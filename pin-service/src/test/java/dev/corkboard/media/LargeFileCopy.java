// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Puts a file into a bucket and prints the SHA-256 of what is read back; a process of its own. */
final class LargeFileCopy {
  private LargeFileCopy() {}

  public static void main(String[] args) throws Exception {
    S3Config config =
        new S3Config(
            Optional.of(URI.create(args[0])),
            args[1],
            "us-east-1",
            true,
            Optional.of(Buckets.KEYS));
    MediaKey key = Buckets.key();
    try (S3MediaStore store =
        S3MediaStore.open(config, S3Limits.standard(), new SimpleMeterRegistry())) {
      store.put(key, Path.of(args[2]));
      System.out.println("sha256 " + Buckets.digest(store, key));
    }
  }
}
