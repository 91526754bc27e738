// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.Image;
import dev.corkboard.platform.error.ApiException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaLibraryTest {
  @TempDir Path directory;
  private MediaFixture media;

  @BeforeEach
  void open() {
    media = new MediaFixture(directory);
  }

  @AfterEach
  void close() {
    media.close();
  }

  private static ApiException refusal(CompletionStage<?> stage) {
    return ApiException.from(catchThrowable(() -> stage.toCompletableFuture().join()));
  }

  private static String url(String assetKey, String rendition) {
    return MediaFixture.PUBLIC_URL + "/media/" + assetKey + "/" + rendition;
  }

  private Asset asset(Image image) {
    return MediaFixture.get(media.catalog.asset(image.getAssetKey())).orElseThrow();
  }

  @Test
  void sameBytesAreStoredOnceUnderTwoKeys() {
    byte[] picture = Pictures.unique();
    Image first = media.store(picture);
    Image second = media.store(picture);

    assertThat(first.getAssetKey()).matches("[A-Za-z0-9_-]{22}").isNotEqualTo(second.getAssetKey());
    assertThat(first.toBuilder().clearAssetKey().build())
        .isEqualTo(second.toBuilder().clearAssetKey().build());
    assertThat(media.contents()).hasSize(1);
    assertThat(media.storedKeys()).hasSize(5);
    assertThat(media.isReadable(first.getAssetKey())).isTrue();
    assertThat(media.isReadable(second.getAssetKey())).isTrue();
    assertThat(media.metrics.get("corkboard.media.decode").timer().count()).isEqualTo(1);
    assertThat(media.metrics.get("corkboard.media.store").timer().count()).isEqualTo(1);
  }

  @Test
  void sameBytesAtTheSameTimeAreKeptOnce() {
    ByteString picture = ByteString.copyFrom(Pictures.unique());
    List<CompletableFuture<Image>> stores =
        IntStream.range(0, 16)
            .mapToObj(i -> media.library.store("42", picture, "picture").toCompletableFuture())
            .toList();
    assertThat(stores.stream().map(CompletableFuture::join).map(Image::getAssetKey).distinct())
        .hasSize(16)
        .allMatch(media::isReadable);
    assertThat(media.contents()).hasSize(1);
    assertThat(media.storedKeys()).hasSize(5);
  }

  @Test
  void fileIsStoredAndLeftToTheCaller() throws IOException {
    Path file = Files.write(directory.resolve("mine"), Pictures.unique());
    Image image = MediaFixture.get(media.library.store("42", file, "picture"));
    assertThat(media.isReadable(image.getAssetKey())).isTrue();
    assertThat(file).exists();
  }

  @Test
  void whatIsNoPictureOrTooLargeNamesTheField() {
    ApiException broken = refusal(media.library.store("42", ByteString.copyFromUtf8("x"), "f"));
    assertThat(broken.reason()).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_BROKEN);
    assertThat(broken.metadata()).containsEntry("field", "f");
    ByteString large = ByteString.copyFrom(new byte[(20 << 20) + 1]);
    assertThat(refusal(media.library.store("42", large, "f")).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_IMAGE_TOO_LARGE);
    assertThat(refusal(media.library.store("42", ByteString.EMPTY, "f")).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_IMAGE_BROKEN);
    assertThat(media.contents()).isEmpty();
    assertThat(media.storedKeys()).isEmpty();
  }

  @Test
  void ownAssetIsResolvedAndAnotherOnesIsNot() {
    Image image = media.store(Pictures.unique());
    assertThat(MediaFixture.get(media.library.resolve("42", image.getAssetKey(), "f")))
        .isEqualTo(image);
    for (CompletionStage<Image> missing :
        List.of(
            media.library.resolve("43", image.getAssetKey(), "f"),
            media.library.resolve("42", AssetKeys.next(), "f"),
            media.library.resolve("42", "../../etc/passwd", "f"),
            media.library.resolve("42", "", "f"))) {
      assertThat(refusal(missing).reason()).isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
    }
  }

  @Test
  void useBeginsTheGracePeriodAnew() {
    Image image = media.store(Pictures.unique());
    Instant stored = asset(image).touchedAt();
    media.clock.advance(MediaFixture.GRACE.minusHours(1));
    MediaFixture.get(media.library.resolve("42", image.getAssetKey(), "f"));
    Instant resolved = asset(image).touchedAt();
    assertThat(resolved).isEqualTo(stored.plus(MediaFixture.GRACE).minus(Duration.ofHours(1)));
    media.clock.advance(MediaFixture.GRACE.minusHours(1));
    MediaFixture.get(media.library.touch(List.of(image.getAssetKey(), image.getAssetKey())));
    assertThat(asset(image).touchedAt()).isAfter(resolved);
  }

  @Test
  void strangersDoNotKeepAnAsset() {
    Image image = media.store(Pictures.unique());
    Instant stored = asset(image).touchedAt();
    media.clock.advance(MediaFixture.GRACE);
    refusal(media.library.resolve("43", image.getAssetKey(), "f"));
    assertThat(asset(image).touchedAt()).isEqualTo(stored);
  }

  @Test
  void pictureInUseByManyIsNotWrittenEachTime() {
    Image image = media.store(Pictures.unique());
    Instant stored = asset(image).touchedAt();
    media.clock.advance(Duration.ofHours(1));
    MediaFixture.get(media.library.touch(List.of(image.getAssetKey())));
    assertThat(asset(image).touchedAt()).isEqualTo(stored);
  }

  @Test
  void touchingWhatIsGoneFails() {
    Image image = media.store(Pictures.unique());
    List<String> keys = List.of(image.getAssetKey(), AssetKeys.next());
    assertThat(refusal(media.library.touch(keys)).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"originals", "150x150", "600x"})
  void ownUrlSharesTheContentWithoutTheNetwork(String rendition) {
    Image image = media.store(Pictures.unique());
    media.clock.advance(MediaFixture.GRACE);
    Image copy =
        MediaFixture.get(media.library.fetch("43", url(image.getAssetKey(), rendition), "f"));
    assertThat(copy.getAssetKey()).isNotEqualTo(image.getAssetKey());
    assertThat(copy.getSizeBytes()).isEqualTo(image.getSizeBytes());
    assertThat(asset(copy).ownerId()).isEqualTo("43");
    assertThat(asset(copy).sha256()).isEqualTo(asset(image).sha256());
    assertThat(media.contents()).hasSize(1);
    assertThat(media.contents().get(0).touchedAt()).isEqualTo(media.clock.instant());
    assertThat(media.metrics.get("corkboard.media.fetch").timer().count()).isZero();
  }

  @Test
  void ownUrlOfNothingIsNotFetched() {
    ApiException refusal = refusal(media.library.fetch("42", url(AssetKeys.next(), "600x"), "f"));
    assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_FETCH_FAILED);
    assertThat(refusal).hasMessage("Sorry we could not fetch the image.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://corkboard.example/base/media/KEY/nothing",
            "https://corkboard.example/media/KEY/600x",
        "https://corkboard.example/base/media/short/600x",
            "http://corkboard.example/base/media/KEY/600x",
        "https://corkboard.example:444/base/media/KEY/600x",
            "https://other.example/base/media/KEY/600x",
        "https://corkboard.example/base/media/KEY/../x",
            "https://corkboard.example/base/media/KEY/600x/",
        "https://user@corkboard.example/base/media/KEY/600x", "nonsense"
      })
  void onlyOurOwnMediaUrlsAreRecognised(String url) {
    OwnMediaUrls own = new OwnMediaUrls(MediaFixture.PUBLIC_URL);
    String key = AssetKeys.next();
    assertThat(own.assetKey(url.replace("KEY", key))).isEmpty();
    assertThat(own.assetKey("HTTPS://CORKBOARD.example:443/base/media/" + key + "/600x?a=b#c"))
        .contains(key);
    assertThat(
            new OwnMediaUrls("http://127.0.0.1:8080")
                .assetKey("http://127.0.0.1:8080/media/" + key + "/600x"))
        .contains(key);
  }

  @Test
  void fetchedPictureIsStoredAndTheSpoolIsEmptyAfterwards() throws IOException {
    byte[] picture = Pictures.unique();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean good = exchange.getRequestURI().getPath().equals("/good");
          byte[] body = good ? picture : "no picture".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String base = "http://localhost:" + server.getAddress().getPort();
    try {
      Image image = MediaFixture.get(media.library.fetch("42", base + "/good", "f"));
      assertThat(image.getSizeBytes()).isEqualTo(picture.length);
      assertThat(media.isReadable(image.getAssetKey())).isTrue();
      ApiException refusal = refusal(media.library.fetch("42", base + "/bad", "f"));
      assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_IMAGE_FETCH_FAILED);
      assertThat(refusal).hasMessageStartingWith("Sorry we could not fetch the image.");
    } finally {
      server.stop(0);
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }
}
