// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.MediaServiceGrpc;
import dev.corkboard.media.v1.ReadMediaRequest;
import dev.corkboard.media.v1.ReadMediaResponse;
import dev.corkboard.media.video.CassandraVideoStore;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.page.PageTokens;
import dev.corkboard.platform.testing.GrpcExtension;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Media as production wires it, on a real catalog and real files. */
class MediaIT {
  private static final SimpleMeterRegistry METRICS = new SimpleMeterRegistry();
  private static final Duration GRACE = Duration.ofHours(24);

  @TempDir static Path directory;
  private final Set<String> pinned = ConcurrentHashMap.newKeySet();
  private final MutableClock clock = new MutableClock();
  private final AtomicLong ids =
      new AtomicLong(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 60));
  private Media media;

  @RegisterExtension
  final GrpcExtension grpc =
      new GrpcExtension(
          "pin",
          tokens -> {
            media = start();
            return media.services();
          });

  /** The bucket to keep bytes in; in files when empty. */
  Optional<S3Config> s3() {
    return Optional.empty();
  }

  /** How often the race between uploads and the collector is run. */
  int races() {
    return 30;
  }

  private Media start() {
    Cql cql = new Cql(TestCassandra.session("media_whole_it", Media.SCHEMA), METRICS);
    return new Media(
        new MediaConfig(
            directory,
            s3(),
            "http://127.0.0.1:8080",
            2,
            64,
            2,
            8,
            1 << 20,
            GRACE,
            Duration.ofDays(1)),
        FetchOptions.standard(),
        new CassandraMediaCatalog(cql),
        new CassandraVideoStore(cql, clock),
        new CassandraHoldStore(cql),
        consumer -> {
          pinned.forEach(consumer);
          return CompletableFuture.completedStage(null);
        },
        new Media.Naming(ids::incrementAndGet, new PageTokens(new byte[32], clock)),
        clock,
        METRICS);
  }

  @AfterEach
  void close() {
    media.close();
  }

  private byte[] read(String assetKey) {
    Iterator<ReadMediaResponse> responses =
        MediaServiceGrpc.newBlockingStub(grpc.channel())
            .readMedia(
                ReadMediaRequest.newBuilder()
                    .setAssetKey(assetKey)
                    .setRendition("originals")
                    .build());
    ByteString bytes = ByteString.EMPTY;
    while (responses.hasNext()) bytes = bytes.concat(responses.next().getChunk());
    return bytes.toByteArray();
  }

  private CompletableFuture<Image> store(byte[] picture) {
    return media.library().store("42", ByteString.copyFrom(picture), "f").toCompletableFuture();
  }

  @Test
  void pictureIsStoredReadAndCollected() {
    byte[] picture = Pictures.unique();
    Image used = store(picture).join();
    Image unused = store(picture).join();
    pinned.add(used.getAssetKey());
    clock.advance(GRACE.plusMillis(1));
    media.collect().toCompletableFuture().join();
    assertThat(read(used.getAssetKey())).isEqualTo(picture);
    Throwable gone = catchThrowable(() -> read(unused.getAssetKey()));
    assertThat(ApiException.from(gone).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);

    pinned.clear();
    media.collect().toCompletableFuture().join();
    assertThat(catchThrowable(() -> read(used.getAssetKey()))).isNotNull();
    pinned.add(store(picture).join().getAssetKey());
    assertThat(read(pinned.iterator().next())).isEqualTo(picture);
  }

  @Test
  void everythingSurvivesARestart() {
    byte[] picture = Pictures.unique();
    Image image = store(picture).join();
    media.close();
    Media second = start();
    try {
      assertThat(
              second.library().resolve("42", image.getAssetKey(), "f").toCompletableFuture().join())
          .isEqualTo(image);
    } finally {
      second.close();
    }
  }

  @Test
  void manyUploadsOfTheSameBytesMakeOneContent() {
    byte[] picture = Pictures.unique();
    List<CompletableFuture<Image>> stores =
        IntStream.range(0, 16).mapToObj(i -> store(picture)).toList();
    assertThat(stores.stream().map(CompletableFuture::join).map(Image::getAssetKey).distinct())
        .hasSize(16)
        .allSatisfy(key -> assertThat(read(key)).isEqualTo(picture));
  }

  @Test
  void roundsBesideUploadsOfTheSameBytesHarmNone() {
    byte[] picture = Pictures.unique();
    for (int i = 0; i < races(); i++) {
      CompletableFuture<Void> collecting = media.collect().toCompletableFuture();
      List<CompletableFuture<Image>> uploads =
          IntStream.range(0, 3).mapToObj(n -> store(picture)).toList();
      collecting.join();
      for (CompletableFuture<Image> upload : uploads) {
        assertThat(read(upload.join().getAssetKey())).isEqualTo(picture);
      }
      clock.advance(GRACE.plusMillis(1));
    }
    media.collect().toCompletableFuture().join();
    media.collect().toCompletableFuture().join();
    assertThat(store(picture).join().getSizeBytes()).isEqualTo(picture.length);
  }
}
