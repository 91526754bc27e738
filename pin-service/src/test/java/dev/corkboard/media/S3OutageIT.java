// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import dev.corkboard.media.v1.Image;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.Signals;
import dev.corkboard.stores.EmbeddedS3;
import io.grpc.Status.Code;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of bytes when the server goes away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3OutageIT {
  private static final S3Limits HASTY =
      new S3Limits(
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          8,
          4,
          5 << 20,
          1_000);

  @TempDir static Path data;
  @TempDir Path folder;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private EmbeddedS3 server;
  private S3Config config;
  private S3MediaStore store;

  @BeforeAll
  void start() {
    server = EmbeddedS3.start(data, 0);
    config = Buckets.create(server);
    store = S3MediaStore.open(config, Buckets.LIMITS, metrics);
  }

  @AfterAll
  void stop() {
    store.close();
    server.kill();
  }

  private void restart() {
    server.kill();
    server = EmbeddedS3.start(data, server.port());
  }

  private double resumes() {
    return metrics.get("corkboard.media.s3.resumes").counter().count();
  }

  private long partsSent() {
    var timer = metrics.find("corkboard.media.s3.calls").tag("operation", "part").timer();
    return timer == null ? 0 : timer.count();
  }

  @Test
  void readGoesOnWhenTheServerIsBackAndFailsWhenItIsNot() throws IOException {
    Path file = Buckets.file(folder, 16 << 20);
    byte[] whole = Files.readAllBytes(file);
    MediaKey key = Buckets.key();
    store.put(key, file);
    double resumes = resumes();
    try (InputStream in = store.read(key, 0).orElseThrow()) {
      assertThat(in.readNBytes(1_000)).isEqualTo(Arrays.copyOf(whole, 1_000));
      restart();
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(whole, 1_000, whole.length));
      assertThat(resumes()).isEqualTo(resumes + 1);
    }
    try (InputStream in = store.read(key, 0).orElseThrow()) {
      assertThat(in.readNBytes(1_000)).hasSize(1_000);
      server.kill();
      assertThatIOException().isThrownBy(in::readAllBytes);
    }
    assertThatIOException().isThrownBy(() -> store.read(key, 0));
    assertThatIOException().isThrownBy(() -> store.size(key));
    assertThatIOException().isThrownBy(() -> store.delete(key));
    assertThatIOException().isThrownBy(() -> store.forEach(found -> {}));
    try (S3MediaStore early = Buckets.open(config)) {
      restart();
      assertThat(Buckets.digest(early, key)).isEqualTo(Sha256.of(whole));
      assertThat(Buckets.digest(store, key)).isEqualTo(Sha256.of(whole));
    }
  }

  @Test
  void uploadThatIsCutOffIsNeverSeenAndCollected() throws IOException {
    Path file = Buckets.file(folder, 200 << 20);
    MediaKey key = Buckets.key();
    long sent = partsSent();
    CompletableFuture<Void> putting =
        CompletableFuture.runAsync(
            () -> {
              try {
                store.put(key, file);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Awaitility.await().until(() -> partsSent() >= sent + 2);
    server.kill();
    assertThat(catchThrowable(putting::join)).hasRootCauseInstanceOf(IOException.class);
    restart();
    assertThat(store.exists(key)).isFalse();
    assertThat(Buckets.unfinished(config)).isEqualTo(1);
    try (MediaFixture media = new MediaFixture(folder.resolve("spool"))) {
      MediaFixture.get(media.collector(media.references(), media.catalog, store).collect());
    }
    assertThat(Buckets.unfinished(config)).isZero();
    assertThat(store.exists(key)).isFalse();
  }

  @Test
  void serverThatHangsIsAnOutage() throws IOException {
    try (S3MediaStore hasty = S3MediaStore.open(config, HASTY, metrics)) {
      MediaKey key = Buckets.key();
      hasty.put(key, new byte[] {1});
      Signals.freeze(server.pid());
      try {
        assertThatIOException().isThrownBy(() -> hasty.put(Buckets.key(), new byte[] {2}));
        assertThatIOException().isThrownBy(() -> hasty.read(key, 0));
      } finally {
        Signals.thaw(server.pid());
      }
      assertThat(store.size(key)).hasValue(1);
    }
  }

  @Test
  void callersAreToldUnavailableAndNothingIsLostOrDoubled() throws IOException {
    S3Config own = Buckets.create(server);
    try (MediaFixture media = new MediaFixture(folder.resolve("spool"));
        S3MediaStore bytes = Buckets.open(own)) {
      MediaLibrary library = media.library(media.catalog, bytes);
      byte[] kept = Pictures.unique();
      Image before = MediaFixture.get(library.store("42", bytes(kept), "f"));
      byte[] picture = Pictures.unique();
      server.kill();
      for (int i = 0; i < 2; i++) {
        Throwable failure =
            catchThrowable(() -> MediaFixture.get(library.store("42", bytes(picture), "f")));
        assertThat(ApiException.from(failure).code()).isEqualTo(Code.UNAVAILABLE);
      }
      assertThat(media.contents()).hasSize(1);
      restart();
      Image after = MediaFixture.get(library.store("42", bytes(picture), "f"));
      media.pinned.addAll(List.of(before.getAssetKey(), after.getAssetKey()));
      media.clock.advance(MediaFixture.GRACE.plusMillis(1));
      MediaFixture.get(media.collector(media.references(), media.catalog, bytes).collect());
      for (byte[] whole : List.of(kept, picture)) {
        Content content = MediaFixture.get(media.catalog.content(Sha256.of(whole))).orElseThrow();
        MediaKey key =
            new MediaKey(content.sha256(), content.generation(), RenditionSize.ORIGINALS);
        assertThat(Buckets.digest(bytes, key)).isEqualTo(Sha256.of(whole));
      }
      List<MediaKey> left = new ArrayList<>();
      bytes.forEach(left::add);
      assertThat(left).hasSize(2 * RenditionSize.values().length);
    }
  }

  private static ByteString bytes(byte[] picture) {
    return ByteString.copyFrom(picture);
  }
}
