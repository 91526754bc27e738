// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.Rendition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every catalog does; each test has hashes and keys of its own. */
interface MediaCatalogContract {
  Instant T0 = Instant.ofEpochMilli(1_800_000_000_000L);

  MediaCatalog catalog();

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static Content content(String sha256, long generation, Instant touchedAt) {
    Image image =
        Image.newBuilder()
            .setContentType("image/png")
            .setWidth(3)
            .setHeight(2)
            .setSizeBytes(generation)
            .addRenditions(Rendition.newBuilder().setName("600x").setWidth(3).setHeight(2))
            .build();
    return new Content(
        sha256,
        generation,
        image,
        Map.of(RenditionSize.MEDIUM, "ab", RenditionSize.ORIGINALS, sha256),
        Map.of(RenditionSize.MEDIUM, 7L, RenditionSize.ORIGINALS, 9L),
        Content.State.STORED,
        touchedAt);
  }

  private static String hash() {
    return Sha256.of(
        UUID.randomUUID().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Asset asset() {
    return new Asset(AssetKeys.next(), hash(), "42", T0, T0);
  }

  private Content stored(Instant touchedAt) {
    Content content = content(hash(), 1, touchedAt);
    assertThat(get(catalog().putContent(content))).isTrue();
    return content;
  }

  @Test
  default void contentIsFoundAsItWasPut() {
    Content content = stored(T0);
    assertThat(get(catalog().content(content.sha256()))).contains(content);
    assertThat(get(catalog().content(hash()))).isEmpty();
  }

  @Test
  default void firstContentWinsAndARepeatIsRecognised() {
    Content first = stored(T0);
    assertThat(get(catalog().putContent(content(first.sha256(), 2, T0)))).isFalse();
    assertThat(get(catalog().putContent(first))).isTrue();
    assertThat(get(catalog().content(first.sha256()))).contains(first);
  }

  @Test
  default void oneOfManyConcurrentPutsWins() {
    String sha256 = hash();
    List<CompletableFuture<Boolean>> puts =
        IntStream.rangeClosed(1, 16)
            .mapToObj(i -> catalog().putContent(content(sha256, i, T0)).toCompletableFuture())
            .toList();
    assertThat(puts.stream().filter(CompletableFuture::join)).hasSize(1);
  }

  @Test
  default void touchingContentKeepsIt() {
    Content content = stored(T0);
    assertThat(get(catalog().touchContent(content.sha256(), T0.plusMillis(1)))).isTrue();
    assertThat(get(catalog().content(content.sha256())).orElseThrow().touchedAt())
        .isEqualTo(T0.plusMillis(1));
    assertThat(get(catalog().beginRemoval(content))).isFalse();
    assertThat(get(catalog().content(content.sha256())).orElseThrow().stored()).isTrue();
    assertThat(get(catalog().touchContent(hash(), T0))).isFalse();
  }

  @Test
  default void removalMayBeRepeatedAndIsRefusedForOtherGenerations() {
    Content content = stored(T0);
    assertThat(get(catalog().beginRemoval(content(content.sha256(), 2, T0)))).isFalse();
    assertThat(get(catalog().finishRemoval(content.sha256(), 1))).isFalse();
    assertThat(get(catalog().beginRemoval(content))).isTrue();
    assertThat(get(catalog().beginRemoval(content))).isTrue();
    assertThat(get(catalog().touchContent(content.sha256(), T0))).isFalse();
    assertThat(get(catalog().finishRemoval(content.sha256(), 2))).isFalse();
    assertThat(get(catalog().finishRemoval(content.sha256(), 1))).isTrue();
    assertThat(get(catalog().finishRemoval(content.sha256(), 1))).isFalse();
    assertThat(get(catalog().content(content.sha256()))).isEmpty();
    assertThat(get(catalog().beginRemoval(content))).isFalse();
  }

  @Test
  default void contentThatIsGoingMayBeStoredAnew() {
    Content old = stored(T0);
    assertThat(get(catalog().beginRemoval(old))).isTrue();
    Content anew = content(old.sha256(), 2, T0.plusMillis(5));
    assertThat(get(catalog().putContent(anew))).isTrue();
    assertThat(get(catalog().finishRemoval(old.sha256(), 1))).isFalse();
    assertThat(get(catalog().beginRemoval(old))).isFalse();
    assertThat(get(catalog().content(old.sha256()))).contains(anew);
  }

  @Test
  default void contentThatIsGoneMayBeStoredAnew() {
    Content old = stored(T0);
    get(catalog().beginRemoval(old));
    get(catalog().finishRemoval(old.sha256(), 1));
    Content anew = content(old.sha256(), 2, T0);
    assertThat(get(catalog().putContent(anew))).isTrue();
    assertThat(get(catalog().content(old.sha256()))).contains(anew);
  }

  @Test
  default void assetIsFoundAsItWasPut() {
    Asset asset = asset();
    get(catalog().putAsset(asset));
    get(catalog().putAsset(asset));
    assertThat(get(catalog().asset(asset.key()))).contains(asset);
    assertThat(get(catalog().asset(AssetKeys.next()))).isEmpty();
    Asset other = new Asset(asset.key(), asset.sha256(), "43", T0, T0);
    assertThatThrownBy(() -> get(catalog().putAsset(other)))
        .hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  default void touchedAssetIsNotRemoved() {
    Asset asset = asset();
    get(catalog().putAsset(asset));
    assertThat(get(catalog().touchAsset(asset.key(), T0.plusMillis(1)))).isTrue();
    assertThat(get(catalog().removeAsset(asset))).isFalse();
    Asset touched = get(catalog().asset(asset.key())).orElseThrow();
    assertThat(touched.touchedAt()).isEqualTo(T0.plusMillis(1));
    assertThat(touched.createdAt()).isEqualTo(T0);
    assertThat(get(catalog().removeAsset(touched))).isTrue();
    assertThat(get(catalog().removeAsset(touched))).isFalse();
    assertThat(get(catalog().asset(asset.key()))).isEmpty();
  }

  @Test
  default void touchingDoesNotBringAnAssetBack() {
    Asset asset = asset();
    assertThat(get(catalog().touchAsset(asset.key(), T0))).isFalse();
    get(catalog().putAsset(asset));
    get(catalog().removeAsset(asset));
    assertThat(get(catalog().touchAsset(asset.key(), T0))).isFalse();
    assertThat(get(catalog().asset(asset.key()))).isEmpty();
  }

  @Test
  default void touchAndRemovalOfAnAssetNeverBothSucceed() {
    for (int i = 0; i < 20; i++) {
      Asset asset = asset();
      get(catalog().putAsset(asset));
      CompletionStage<Boolean> touched = catalog().touchAsset(asset.key(), T0.plusMillis(1));
      CompletionStage<Boolean> removed = catalog().removeAsset(asset);
      assertThat(get(touched)).isNotEqualTo(get(removed));
      assertThat(get(catalog().asset(asset.key())).isPresent()).isEqualTo(get(touched));
    }
  }

  @Test
  default void scansHandOverEverything() {
    Content content = stored(T0);
    Content going = stored(T0);
    get(catalog().beginRemoval(going));
    Asset asset = asset();
    get(catalog().putAsset(asset));
    List<Content> contents = new ArrayList<>();
    List<Asset> assets = new ArrayList<>();
    get(catalog().forEachContent(contents::add));
    get(catalog().forEachAsset(assets::add));
    assertThat(contents).contains(content);
    assertThat(contents)
        .anyMatch(found -> found.sha256().equals(going.sha256()) && !found.stored());
    assertThat(assets).contains(asset);
  }
}
