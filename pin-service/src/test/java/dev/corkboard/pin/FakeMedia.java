// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.protobuf.ByteString;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.MediaLibrary;
import dev.corkboard.media.v1.Image;
import dev.corkboard.platform.error.ApiException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A library of pictures that are only named; remembers what it was asked. */
final class FakeMedia implements MediaLibrary {
  final List<String> fetched = Collections.synchronizedList(new ArrayList<>());
  final List<String> touched = Collections.synchronizedList(new ArrayList<>());

  @Override
  public CompletionStage<Image> fetch(String ownerId, String imageUrl, String field) {
    fetched.add(imageUrl);
    if (imageUrl.contains("broken")) {
      return CompletableFuture.failedStage(
          ApiException.invalid(
              ErrorReason.ERROR_REASON_IMAGE_FETCH_FAILED, field, "could not be fetched"));
    }
    return CompletableFuture.completedStage(Pins.image("asset-" + fetched.size()));
  }

  @Override
  public CompletionStage<Image> store(String ownerId, ByteString picture, String field) {
    throw new UnsupportedOperationException("not asked by Pins");
  }

  @Override
  public CompletionStage<Image> store(String ownerId, Path picture, String field) {
    throw new UnsupportedOperationException("not asked by Pins");
  }

  /** Assets whose keys differ only after a {@code #} show the same. */
  @Override
  public CompletionStage<String> digest(String ownerId, String assetKey, String field) {
    return resolve(ownerId, assetKey, field).thenApply(image -> assetKey.replaceAll("#.*", ""));
  }

  @Override
  public CompletionStage<Image> resolve(String ownerId, String assetKey, String field) {
    return assetKey.startsWith(ownerId)
        ? CompletableFuture.completedStage(Pins.image(assetKey))
        : CompletableFuture.failedStage(
            ApiException.notFound(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, "asset_key", assetKey));
  }

  @Override
  public CompletionStage<Void> touch(Collection<String> assetKeys) {
    touched.addAll(assetKeys);
    return CompletableFuture.completedStage(null);
  }
}
