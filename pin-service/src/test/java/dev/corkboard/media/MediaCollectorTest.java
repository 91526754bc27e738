// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.Image;
import dev.corkboard.platform.error.ApiException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaCollectorTest {
  private static final Duration PAST_GRACE = MediaFixture.GRACE.plusMillis(1);

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

  private Image unusedPicture(byte[] picture) {
    Image image = media.store(picture);
    media.clock.advance(PAST_GRACE);
    return image;
  }

  private boolean isKnown(Image image) {
    return MediaFixture.get(media.catalog.asset(image.getAssetKey())).isPresent();
  }

  private void assertNothingLeft() {
    assertThat(media.contents()).isEmpty();
    assertThat(media.storedKeys()).isEmpty();
  }

  @Test
  void unusedPictureGoesAfterTheGracePeriod() {
    Image image = media.store(Pictures.unique());
    media.clock.advance(MediaFixture.GRACE);
    media.collect();
    assertThat(media.isReadable(image.getAssetKey())).isTrue();
    media.clock.advance(Duration.ofMillis(1));
    media.collect();
    assertThat(isKnown(image)).isFalse();
    assertNothingLeft();
    assertThat(
            media.metrics.get("corkboard.media.collected").tag("kind", "asset").counter().count())
        .isEqualTo(1);
    assertThat(media.metrics.get("corkboard.media.collected").tag("kind", "file").counter().count())
        .isEqualTo(5);
  }

  @Test
  void picturesInUseStay() {
    Image image = media.store(Pictures.unique());
    media.pinned.add(image.getAssetKey());
    media.clock.advance(Duration.ofDays(1000));
    media.collect();
    assertThat(media.isReadable(image.getAssetKey())).isTrue();
    media.pinned.clear();
    media.collect();
    assertNothingLeft();
  }

  @Test
  void deletingOnePinNeverHarmsAnotherThatSharesItsPicture() {
    byte[] picture = Pictures.unique();
    Image first = media.store(picture);
    Image second = media.store(picture);
    media.pinned.add(second.getAssetKey());
    media.clock.advance(PAST_GRACE);
    media.collect();
    assertThat(isKnown(first)).isFalse();
    assertThat(media.isReadable(second.getAssetKey())).isTrue();
  }

  @Test
  void nothingGoesWhenWhatIsInUseIsUnknown() {
    Image image = unusedPicture(Pictures.unique());
    MediaReferences failing =
        consumer -> CompletableFuture.failedStage(new IllegalStateException("store is down"));
    MediaCollector collector = media.collector(failing, media.catalog, media.store);
    assertThat(catchThrowable(() -> MediaFixture.get(collector.collect()))).isNotNull();
    assertThat(media.isReadable(image.getAssetKey())).isTrue();
  }

  /** A Pin is saved from another one, whose picture was marked as unused before. */
  @ParameterizedTest
  @ValueSource(strings = {"forEachAsset", "removeAsset"})
  void assetTakenIntoUseDuringARoundStays(String moment) {
    Image image = unusedPicture(Pictures.unique());
    MediaCatalog catalog =
        Hooks.before(
            MediaCatalog.class,
            media.catalog,
            moment,
            () -> {
              MediaFixture.get(media.library.touch(List.of(image.getAssetKey())));
              media.pinned.add(image.getAssetKey());
            });
    MediaFixture.get(media.collector(media.references(), catalog, media.store).collect());
    assertThat(media.isReadable(image.getAssetKey())).isTrue();
    media.clock.advance(PAST_GRACE);
    media.collect();
    assertThat(media.isReadable(image.getAssetKey())).isTrue();
  }

  @Test
  void assetTakenIntoUseAfterItWentIsRefused() {
    Image image = unusedPicture(Pictures.unique());
    AtomicReference<Throwable> refusal = new AtomicReference<>();
    MediaCatalog catalog =
        Hooks.before(
            MediaCatalog.class,
            media.catalog,
            "forEachContent",
            () ->
                refusal.set(
                    catchThrowable(
                        () ->
                            MediaFixture.get(
                                media.library.resolve("42", image.getAssetKey(), "f")))));
    MediaFixture.get(media.collector(media.references(), catalog, media.store).collect());
    assertThat(ApiException.from(refusal.get()).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND);
    assertNothingLeft();
  }

  /** The same bytes come in again while the collector stands at each of its steps. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "forEachAsset",
        "removeAsset",
        "forEachContent",
        "beginRemoval",
        "delete",
        "finishRemoval"
      })
  void uploadOfTheSameBytesDuringARoundSurvives(String moment) {
    byte[] picture = Pictures.unique();
    Image old = unusedPicture(picture);
    AtomicReference<Image> anew = new AtomicReference<>();
    Runnable upload = () -> anew.set(media.store(picture));
    MediaCatalog catalog = Hooks.before(MediaCatalog.class, media.catalog, moment, upload);
    MediaStore store = Hooks.before(MediaStore.class, media.store, moment, upload);
    MediaFixture.get(media.collector(media.references(), catalog, store).collect());

    assertThat(isKnown(old)).isFalse();
    assertThat(media.isReadable(anew.get().getAssetKey())).isTrue();
    media.pinned.add(anew.get().getAssetKey());
    media.clock.advance(PAST_GRACE);
    media.collect();
    assertThat(media.isReadable(anew.get().getAssetKey())).isTrue();
    assertThat(media.storedKeys()).hasSize(5);
  }

  /** The uploader found the picture and is overtaken before it writes its asset. */
  @ParameterizedTest
  @ValueSource(strings = {"touchContent", "putContent", "putAsset"})
  void roundDuringAnUploadDoesNotHarmIt(String moment) {
    byte[] picture = Pictures.unique();
    if (!moment.equals("putContent")) unusedPicture(picture);
    AtomicInteger rounds = new AtomicInteger();
    MediaCatalog catalog =
        Hooks.before(
            MediaCatalog.class,
            media.catalog,
            moment,
            () -> {
              media.collect();
              rounds.incrementAndGet();
            });
    Image image =
        MediaFixture.get(
            media
                .library(catalog, media.store)
                .store("42", ByteString.copyFrom(picture), "picture"));
    assertThat(rounds).hasValue(1);
    assertThat(media.isReadable(image.getAssetKey())).isTrue();
    media.pinned.add(image.getAssetKey());
    media.clock.advance(PAST_GRACE);
    media.collect();
    assertThat(media.isReadable(image.getAssetKey())).isTrue();
    assertThat(media.storedKeys()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forEachAsset",
        "removeAsset",
        "forEachContent",
        "beginRemoval",
        "delete",
        "finishRemoval"
      })
  void crashAnywhereLeavesOnlyWhatTheNextRoundCollects(String moment) {
    unusedPicture(Pictures.unique());
    Image used = media.store(Pictures.unique());
    media.pinned.add(used.getAssetKey());
    Runnable crash =
        () -> {
          throw new IllegalStateException("crash");
        };
    MediaCatalog catalog = Hooks.before(MediaCatalog.class, media.catalog, moment, crash);
    MediaStore store = Hooks.before(MediaStore.class, media.store, moment, crash);
    MediaCollector collector = media.collector(media.references(), catalog, store);
    assertThat(catchThrowable(() -> MediaFixture.get(collector.collect()))).isNotNull();
    assertThat(media.isReadable(used.getAssetKey())).isTrue();
    media.collect();
    assertThat(media.contents()).hasSize(1);
    assertThat(media.storedKeys()).hasSize(5);
    assertThat(media.isReadable(used.getAssetKey())).isTrue();
  }

  @Test
  void uploadAfterACrashedRemovalDoesNotWaitForIt() {
    byte[] picture = Pictures.unique();
    unusedPicture(picture);
    Content content = media.contents().get(0);
    assertThat(MediaFixture.get(media.catalog.beginRemoval(content))).isTrue();
    Image image = media.store(picture);
    assertThat(media.isReadable(image.getAssetKey())).isTrue();
    media.clock.advance(PAST_GRACE);
    media.pinned.add(image.getAssetKey());
    media.collect();
    assertThat(media.storedKeys()).hasSize(5);
    assertThat(media.isReadable(image.getAssetKey())).isTrue();
  }

  @Test
  void bytesOfAnUnfinishedUploadGoAfterTheGracePeriod() {
    Runnable crash =
        () -> {
          throw new IllegalStateException("crash");
        };
    MediaCatalog catalog = Hooks.before(MediaCatalog.class, media.catalog, "putContent", crash);
    ByteString picture = ByteString.copyFrom(Pictures.unique());
    assertThat(
            catchThrowable(
                () ->
                    MediaFixture.get(
                        media.library(catalog, media.store).store("42", picture, "f"))))
        .isNotNull();
    assertThat(media.storedKeys()).hasSize(5);
    media.clock.advance(MediaFixture.GRACE);
    media.collect();
    assertThat(media.storedKeys()).hasSize(5);
    media.clock.advance(Duration.ofMillis(1));
    media.collect();
    assertNothingLeft();
  }

  @Test
  void strayBytesGoAndTheGenerationInUseStays() {
    Image image = media.store(Pictures.unique());
    media.pinned.add(image.getAssetKey());
    Content content = media.contents().get(0);
    MediaKey stray =
        new MediaKey(
            content.sha256(), Generations.begin(media.clock.instant()), RenditionSize.ORIGINALS);
    media.store.put(stray, new byte[] {1});
    media.clock.advance(PAST_GRACE);
    media.collect();
    assertThat(media.storedKeys()).hasSize(5).doesNotContain(stray);
    assertThat(media.isReadable(image.getAssetKey())).isTrue();
  }

  @Test
  void bytesOfContentThatAListingLeftOutStay() {
    Image image = media.store(Pictures.unique());
    media.pinned.add(image.getAssetKey());
    media.clock.advance(PAST_GRACE);
    MediaCatalog catalog = Hooks.without(MediaCatalog.class, media.catalog, "forEachContent");
    MediaFixture.get(media.collector(media.references(), catalog, media.store).collect());
    assertThat(media.isReadable(image.getAssetKey())).isTrue();
  }

  @Test
  void overlappingRoundsAgree() {
    byte[] picture = Pictures.unique();
    unusedPicture(picture);
    Image used = media.store(Pictures.unique());
    media.pinned.add(used.getAssetKey());
    List<CompletableFuture<Void>> rounds =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    media
                        .collector(media.references(), media.catalog, media.store)
                        .collect()
                        .toCompletableFuture())
            .toList();
    rounds.forEach(CompletableFuture::join);
    assertThat(media.contents()).hasSize(1);
    assertThat(media.isReadable(used.getAssetKey())).isTrue();
  }
}
