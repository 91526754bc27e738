// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.config.ConfigException;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.stores.TestStores;
import io.grpc.Status.Code;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The store on a server that speaks S3. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3MediaStoreIT implements MediaStoreContract {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final S3Config config = Buckets.create();
  private S3MediaStore store;
  private S3Client raw;

  @TempDir Path folder;

  @BeforeAll
  void open() {
    store = S3MediaStore.open(config, Buckets.LIMITS, metrics);
    raw = Buckets.client(config);
  }

  @AfterAll
  void close() {
    raw.close();
    store.close();
  }

  @Override
  public MediaStore store() {
    return store;
  }

  private long calls(String operation, String outcome) {
    var timer =
        metrics
            .find("corkboard.media.s3.calls")
            .tags("operation", operation, "outcome", outcome)
            .timer();
    return timer == null ? 0 : timer.count();
  }

  private String begin(String name) {
    return raw.createMultipartUpload(upload -> upload.bucket(config.bucket()).key(name)).uploadId();
  }

  private Set<String> begun() {
    Set<String> ids = new HashSet<>();
    raw.listMultipartUploads(list -> list.bucket(config.bucket()))
        .uploads()
        .forEach(upload -> ids.add(upload.uploadId()));
    return ids;
  }

  private S3MediaStore refused(S3Config bad) {
    return S3MediaStore.open(bad, Buckets.LIMITS, metrics);
  }

  @Test
  void fileOfManyPartsArrivesWhole() throws IOException {
    Path file = Buckets.file(folder, (16 << 20) + 7);
    MediaKey key = Buckets.key();
    long before = calls("part", "ok");
    store.put(key, file);
    assertThat(calls("part", "ok") - before).isEqualTo(4);
    assertThat(store.size(key)).hasValue((16 << 20) + 7);
    byte[] whole = Files.readAllBytes(file);
    int offset = (10 << 20) - 3;
    try (InputStream in = store.read(key, offset).orElseThrow()) {
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(whole, offset, whole.length));
    }
    assertThat(Buckets.digest(store, key)).isEqualTo(Sha256.of(whole));
  }

  @Test
  void fileThatEndsEarlyLeavesNothing() throws IOException {
    Path file = Buckets.file(folder, 6 << 20);
    Set<String> before = begun();
    MediaKey key = Buckets.key();
    S3Uploads uploads = new S3Uploads(raw, new S3Calls(metrics), config.bucket(), Buckets.LIMITS);
    assertThatThrownBy(() -> uploads.put(S3Names.of(key), file, (6 << 20) + 1));
    assertThat(store.exists(key)).isFalse();
    assertThat(begun()).isEqualTo(before);
  }

  @Test
  void uploadsOfOldGenerationsThatNeverEndedAreAborted() throws IOException {
    Instant now = Instant.now();
    Instant cutoff = now.minus(Duration.ofHours(24));
    String old =
        begin(S3Names.of(Buckets.key(Generations.begin(cutoff.minus(Duration.ofMinutes(1))))));
    List<String> more = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      more.add(
          begin(S3Names.of(Buckets.key(Generations.begin(cutoff.minus(Duration.ofDays(i + 1)))))));
    }
    String young = begin(S3Names.of(Buckets.key(Generations.begin(now))));
    String strange = begin("content/of-somebody-else");
    store.deleteUnfinished(cutoff);
    assertThat(begun())
        .contains(young, strange)
        .doesNotContain(old)
        .doesNotContainAnyElementsOf(more);
  }

  @Test
  void objectsOfOthersAreNotListed() throws IOException {
    MediaKey key = Buckets.key();
    store.put(key, new byte[] {1});
    String name = S3Names.of(key);
    List<String> others =
        List.of(
            "readme",
            "content/readme",
            name + "0",
            name.replace("/5/", "/05/"),
            name.replace("/5/", "/ffffffffffffffff/"),
            name.replace("content/", "other/"));
    for (String other : others) {
      raw.putObject(put -> put.bucket(config.bucket()).key(other), RequestBody.fromString("x"));
    }
    List<MediaKey> listed = new ArrayList<>();
    store.forEach(listed::add);
    assertThat(listed.stream().filter(found -> found.sha256().equals(key.sha256())))
        .containsExactly(key);
    assertThat(listed).doesNotHaveDuplicates();
  }

  @Test
  void readersThatWaitKeepNoOneOut() throws IOException {
    byte[] whole = Files.readAllBytes(Buckets.file(folder, 4 << 20));
    MediaKey key = Buckets.key();
    store.put(key, whole);
    List<InputStream> readers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      InputStream in = store.read(key, i).orElseThrow();
      assertThat(in.readNBytes(1_000)).isEqualTo(Arrays.copyOfRange(whole, i, i + 1_000));
      readers.add(in);
      assertThat(metrics.get("corkboard.media.s3.reads").gauge().value())
          .isLessThanOrEqualTo(Buckets.LIMITS.openReads());
    }
    for (int i : IntStream.of(0, 20, 39).toArray()) {
      assertThat(readers.get(i).readAllBytes())
          .isEqualTo(Arrays.copyOfRange(whole, i + 1_000, whole.length));
    }
    assertThat(metrics.get("corkboard.media.s3.resumes").counter().count()).isPositive();
    for (InputStream in : readers) in.close();
    assertThat(metrics.get("corkboard.media.s3.reads").gauge().value()).isZero();
  }

  @Test
  void callsAreCountedByTheirOutcome() throws IOException {
    long ok = calls("put", "ok");
    long missing = calls("read", "missing");
    store.put(Buckets.key(), new byte[] {1});
    assertThat(store.read(Buckets.key(), 0)).isEmpty();
    assertThat(calls("put", "ok")).isEqualTo(ok + 1);
    assertThat(calls("read", "missing")).isEqualTo(missing + 1);
  }

  @Test
  void missingBucketStopsTheStart() {
    S3Config missing = Buckets.config(TestStores.s3(), "no-such-bucket", Buckets.KEYS);
    assertThatThrownBy(() -> refused(missing))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "MEDIA_S3_BUCKET: no-such-bucket (expected: a bucket that may be listed; "
                + TestStores.s3().endpoint()
                + " says 404 NoSuchBucket)");
  }

  @Test
  void wrongKeysStopTheStart() {
    for (AwsBasicCredentials keys :
        List.of(
            AwsBasicCredentials.create(Buckets.KEYS.accessKeyId(), "wrong"),
            AwsBasicCredentials.create("stranger", Buckets.KEYS.secretAccessKey()))) {
      S3Config wrong = Buckets.config(TestStores.s3(), config.bucket(), keys);
      assertThatThrownBy(() -> refused(wrong))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(" says 403 ")
          .hasMessageNotContaining("wrong");
    }
  }

  @Test
  void refusalIsNoOutageAndNotAnAbsence() throws IOException {
    S3Config doomed = Buckets.create();
    try (S3MediaStore other = Buckets.open(doomed)) {
      raw.deleteBucket(bucket -> bucket.bucket(doomed.bucket()));
      for (Throwable refused :
          List.of(
              catchThrowable(() -> other.read(Buckets.key(), 0)),
              catchThrowable(() -> other.put(Buckets.key(), new byte[] {1})),
              catchThrowable(() -> other.forEach(key -> {})))) {
        assertThat(refused).isInstanceOf(ApiException.class);
        assertThat(((ApiException) refused).code()).isEqualTo(Code.INTERNAL);
        assertThat(((ApiException) refused).reason()).isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
      }
    }
  }
}
