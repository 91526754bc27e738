// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.HoldMediaResponse;
import dev.corkboard.platform.error.ApiException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps copies of pictures for holders: an asset of the holder's own that shares the bytes.
 *
 * <p>A crash before a copy is remembered leaves an asset that is collected after its grace period.
 */
final class MediaHolds {
  private static final String FIELD = "asset_key";

  private final HoldStore holds;
  private final MediaCatalog catalog;
  private final MediaIntake intake;

  MediaHolds(HoldStore holds, MediaCatalog catalog, MediaIntake intake) {
    this.holds = holds;
    this.catalog = catalog;
    this.intake = intake;
  }

  /**
   * Keeps a copy, the same one for the same bytes. Fails with MEDIA_NOT_FOUND when there is no such
   * picture.
   *
   * @param ownerId who must have uploaded it; empty for anybody
   */
  CompletionStage<HoldMediaResponse> hold(
      String holderId, String assetKey, Optional<String> ownerId) {
    if (!AssetKeys.isOne(assetKey)) return CompletableFuture.failedStage(notFound(assetKey));
    return catalog
        .asset(assetKey)
        .thenApply(
            asset ->
                asset
                    .filter(found -> ownerId.map(found.ownerId()::equals).orElse(true))
                    .orElseThrow(() -> notFound(assetKey)))
        .thenCompose(asset -> catalog.content(asset.sha256()))
        .thenCompose(
            content ->
                intake.keep(
                    content
                        .filter(found -> found.stored() && found.isPicture())
                        .orElseThrow(() -> notFound(assetKey))))
        .thenCompose(
            content -> {
              if (content == null) throw notFound(assetKey);
              return copy(holderId, content)
                  .thenApply(
                      key ->
                          HoldMediaResponse.newBuilder()
                              .setImage(content.image().toBuilder().setAssetKey(key))
                              .setSha256(content.sha256())
                              .build());
            });
  }

  private CompletionStage<String> copy(String holderId, Content content) {
    return holds
        .find(holderId, content.sha256())
        .thenCompose(
            known ->
                known.isPresent()
                    ? CompletableFuture.completedStage(known.get())
                    : intake
                        .name(ownerName(holderId), content)
                        .thenCompose(asset -> holds.put(holderId, content.sha256(), asset.key())));
  }

  /** No account's id: nobody can make a Pin of the copy as of an upload of their own. */
  private static String ownerName(String holderId) {
    return "holder/" + holderId;
  }

  CompletionStage<Void> release(String holderId) {
    return holds.release(holderId);
  }

  private static ApiException notFound(String assetKey) {
    return ApiException.notFound(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, FIELD, assetKey);
  }
}
