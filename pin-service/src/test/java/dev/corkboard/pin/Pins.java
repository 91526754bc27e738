// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.media.v1.Image;
import dev.corkboard.media.v1.Rendition;
import dev.corkboard.pin.store.v1.Intent;
import dev.corkboard.pin.v1.CreativeType;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.pin.v1.PinImage;
import dev.corkboard.platform.server.Caller;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/** Pins and intents for tests. */
final class Pins {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private Pins() {}

  /** An id nobody else has. */
  static String someId() {
    return Long.toString(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 62));
  }

  static Image image(String assetKey) {
    return Image.newBuilder()
        .setAssetKey(assetKey)
        .setContentType("image/png")
        .setWidth(640)
        .setHeight(480)
        .setSizeBytes(1234)
        .setDominantColor("#a0b1c2")
        .addRenditions(Rendition.newBuilder().setName("originals").setWidth(640).setHeight(480))
        .build();
  }

  static Pin pin(String id, String ownerId, String boardId) {
    return Pin.newBuilder()
        .setId(id)
        .setOwnerId(ownerId)
        .setBoardId(boardId)
        .setRootPinId(id)
        .setTitle("Title \ud83d\ude00")
        .setDescription("Description")
        .setAltText("Alt")
        .setLink("https://example.org/a?b#c")
        .setDominantColor("#a0b1c2")
        .setCreativeType(CreativeType.CREATIVE_TYPE_REGULAR)
        .addImages(PinImage.newBuilder().setImage(image("asset-" + id)))
        .setCreateTime(Intents.timestamp(NOW))
        .setUpdateTime(Intents.timestamp(NOW))
        .setEtag("1")
        .build();
  }

  static Caller caller(String accountId) {
    return new Caller(accountId, Set.of("pins:write"), Optional.empty(), "rid", "token");
  }

  static Intent creation(Pin pin) {
    return Intents.create(pin, "", caller(pin.getOwnerId()), NOW);
  }

  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
