// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.stores.EmbeddedS3;
import dev.corkboard.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;

/** Buckets on servers for tests, and what is put into them. */
final class Buckets {
  static final AwsBasicCredentials KEYS =
      AwsBasicCredentials.create(EmbeddedS3.accessKey(), EmbeddedS3.secretKey());

  /** The least that S3 takes as a part, few reads and short lists; patience for a busy machine. */
  static final S3Limits LIMITS =
      new S3Limits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          32,
          3,
          5 << 20,
          2);

  private Buckets() {}

  /** A new bucket of the server that all tests share. */
  static S3Config create() {
    return create(TestStores.s3());
  }

  static S3Config create(EmbeddedS3 server) {
    String bucket = "test-" + UUID.randomUUID();
    server.createBucket(bucket);
    return config(server, bucket, KEYS);
  }

  static S3Config config(EmbeddedS3 server, String bucket, AwsBasicCredentials keys) {
    URI endpoint = URI.create(server.endpoint());
    return new S3Config(Optional.of(endpoint), bucket, "us-east-1", true, Optional.of(keys));
  }

  static S3MediaStore open(S3Config config) {
    return S3MediaStore.open(config, LIMITS, new SimpleMeterRegistry());
  }

  static S3Client client(S3Config config) {
    return S3Clients.open(config, LIMITS);
  }

  /** How many uploads by parts were begun and not ended. */
  static int unfinished(S3Config config) {
    try (S3Client client = client(config)) {
      return client.listMultipartUploads(list -> list.bucket(config.bucket())).uploads().size();
    }
  }

  static MediaKey key() {
    return key(5);
  }

  static MediaKey key(long generation) {
    byte[] seed = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
    return new MediaKey(Sha256.of(seed), generation, RenditionSize.ORIGINALS);
  }

  /** A file of which every megabyte is another, and which takes no time to make. */
  static Path file(Path folder, long size) throws IOException {
    Path file = folder.resolve(size + "-" + UUID.randomUUID());
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size);
      byte[] mark = new byte[1024];
      Random random = new Random(size);
      for (long at = 0; at + mark.length <= size; at += 1 << 20) {
        random.nextBytes(mark);
        sparse.seek(at);
        sparse.write(mark);
      }
    }
    return file;
  }

  static String digest(MediaStore store, MediaKey key) throws IOException {
    try (InputStream in = store.read(key, 0).orElseThrow()) {
      return Sha256.of(in);
    }
  }
}
