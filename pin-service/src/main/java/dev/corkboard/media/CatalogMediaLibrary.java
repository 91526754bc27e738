// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import com.google.protobuf.ByteString;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.media.v1.Image;
import dev.corkboard.platform.error.ApiException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The library over a catalog and what {@link MediaIntake} stores. */
final class CatalogMediaLibrary implements MediaLibrary {
  private final MediaIntake intake;
  private final MediaCatalog catalog;
  private final ImageFetcher fetcher;
  private final OwnMediaUrls ownUrls;
  private final Spool spool;
  private final MediaExecutor io;

  CatalogMediaLibrary(
      MediaIntake intake,
      MediaCatalog catalog,
      ImageFetcher fetcher,
      OwnMediaUrls ownUrls,
      Spool spool,
      MediaExecutor io) {
    this.intake = intake;
    this.catalog = catalog;
    this.fetcher = fetcher;
    this.ownUrls = ownUrls;
    this.spool = spool;
    this.io = io;
  }

  @Override
  public CompletionStage<Image> fetch(String ownerId, String imageUrl, String field) {
    Optional<String> own = ownUrls.assetKey(imageUrl);
    if (own.isPresent()) return adopt(ownerId, own.get(), field);
    return fetcher
        .fetch(imageUrl, field)
        .thenCompose(
            file -> store(ownerId, file, field).whenComplete((image, failure) -> discard(file)))
        .exceptionallyCompose(
            failure -> CompletableFuture.failedStage(asFetched(ApiException.from(failure), field)));
  }

  /** Files may block; only when the disk has no thread to spare, the one that calls must do. */
  private void discard(Path file) {
    try {
      io.execute(() -> spool.delete(file));
    } catch (ApiException overloaded) {
      spool.delete(file);
    }
  }

  /** To who gave a URL, what is no picture was not fetched, as in the REST contract. */
  private static ApiException asFetched(ApiException failure, String field) {
    return failure.reason() == ErrorReason.ERROR_REASON_IMAGE_BROKEN
        ? new FetchFailedException(failure.getMessage()).toApiException(field)
        : failure;
  }

  /** A rendition's URL stands for the whole picture: the new asset shares the content. */
  private CompletionStage<Image> adopt(String ownerId, String assetKey, String field) {
    return catalog
        .asset(assetKey)
        .thenCompose(asset -> pictureOf(asset))
        .thenCompose(
            content ->
                content.isPresent()
                    ? intake.keep(content.get())
                    : CompletableFuture.completedStage(null))
        .thenCompose(
            kept ->
                kept == null
                    ? CompletableFuture.failedStage(
                        new FetchFailedException("").toApiException(field))
                    : name(ownerId, kept));
  }

  private CompletionStage<Optional<Content>> pictureOf(Optional<Asset> asset) {
    return asset
        .map(found -> catalog.content(found.sha256()))
        .orElse(CompletableFuture.completedStage(Optional.empty()))
        .thenApply(content -> content.filter(found -> found.stored() && found.isPicture()));
  }

  @Override
  public CompletionStage<Image> store(String ownerId, ByteString picture, String field) {
    return store(ownerId, PictureSource.of(picture), field);
  }

  @Override
  public CompletionStage<Image> store(String ownerId, Path picture, String field) {
    return store(ownerId, PictureSource.of(picture), field);
  }

  private CompletionStage<Image> store(String ownerId, PictureSource source, String field) {
    return intake.take(source, field).thenCompose(content -> name(ownerId, content));
  }

  private CompletionStage<Image> name(String ownerId, Content content) {
    return intake.name(ownerId, content).thenApply(asset -> image(asset, content));
  }

  private static Image image(Asset asset, Content content) {
    return content.image().toBuilder().setAssetKey(asset.key()).build();
  }

  @Override
  public CompletionStage<String> digest(String ownerId, String assetKey, String field) {
    if (!AssetKeys.isOne(assetKey)) return CompletableFuture.failedStage(notFound(assetKey, field));
    return catalog
        .asset(assetKey)
        .thenApply(
            found ->
                found
                    .filter(asset -> asset.ownerId().equals(ownerId))
                    .orElseThrow(() -> notFound(assetKey, field))
                    .sha256());
  }

  @Override
  public CompletionStage<Image> resolve(String ownerId, String assetKey, String field) {
    return kept(assetKey, asset -> asset.ownerId().equals(ownerId), field)
        .thenCompose(
            asset ->
                pictureOf(Optional.of(asset))
                    .thenApply(
                        content ->
                            image(asset, content.orElseThrow(() -> notFound(assetKey, field)))));
  }

  @Override
  public CompletionStage<Void> touch(Collection<String> assetKeys) {
    return CompletableFuture.allOf(
        assetKeys.stream()
            .distinct()
            .map(key -> kept(key, asset -> true, "asset_key").toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletionStage<Asset> kept(String key, Predicate<Asset> allowed, String field) {
    if (!AssetKeys.isOne(key)) return CompletableFuture.failedStage(notFound(key, field));
    return catalog
        .asset(key)
        .thenCompose(
            found -> {
              Asset asset = found.filter(allowed).orElseThrow(() -> notFound(key, field));
              if (intake.isFresh(asset.touchedAt())) return CompletableFuture.completedStage(asset);
              return catalog
                  .touchAsset(key, intake.now())
                  .thenApply(
                      touched -> {
                        if (!touched) throw notFound(key, field);
                        return asset;
                      });
            });
  }

  private static ApiException notFound(String key, String field) {
    return ApiException.notFound(ErrorReason.ERROR_REASON_MEDIA_NOT_FOUND, field, key);
  }
}
