// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** The catalog in two maps. */
final class InMemoryMediaCatalog implements MediaCatalog {
  private final ConcurrentMap<String, Content> contents = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Asset> assets = new ConcurrentHashMap<>();

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedStage(value);
  }

  @Override
  public CompletionStage<Optional<Content>> content(String sha256) {
    return done(Optional.ofNullable(contents.get(sha256)));
  }

  @Override
  public CompletionStage<Boolean> putContent(Content content) {
    Content after =
        contents.merge(content.sha256(), content, (old, fresh) -> old.stored() ? old : fresh);
    return done(after.generation() == content.generation());
  }

  @Override
  public CompletionStage<Boolean> touchContent(String sha256, Instant now) {
    Content after =
        contents.computeIfPresent(
            sha256, (key, old) -> old.stored() ? with(old, old.state(), now) : old);
    return done(after != null && after.stored());
  }

  private static Content with(Content old, Content.State state, Instant touchedAt) {
    return new Content(
        old.sha256(), old.generation(), old.image(), old.digests(), old.sizes(), state, touchedAt);
  }

  @Override
  public CompletionStage<Boolean> beginRemoval(Content seen) {
    Content after =
        contents.computeIfPresent(
            seen.sha256(),
            (key, old) ->
                old.generation() == seen.generation() && old.touchedAt().equals(seen.touchedAt())
                    ? with(old, Content.State.DELETING, old.touchedAt())
                    : old);
    return done(after != null && !after.stored() && after.generation() == seen.generation());
  }

  @Override
  public CompletionStage<Boolean> finishRemoval(String sha256, long generation) {
    Content seen = contents.get(sha256);
    return done(
        seen != null
            && !seen.stored()
            && seen.generation() == generation
            && contents.remove(sha256, seen));
  }

  @Override
  public CompletionStage<Optional<Asset>> asset(String key) {
    return done(Optional.ofNullable(assets.get(key)));
  }

  @Override
  public CompletionStage<Void> putAsset(Asset asset) {
    Asset existing = assets.putIfAbsent(asset.key(), asset);
    if (existing != null && !existing.equals(asset)) {
      return CompletableFuture.failedStage(new IllegalStateException("given out twice"));
    }
    return done(null);
  }

  @Override
  public CompletionStage<Boolean> touchAsset(String key, Instant now) {
    return done(
        assets.computeIfPresent(
                key,
                (same, old) -> new Asset(key, old.sha256(), old.ownerId(), old.createdAt(), now))
            != null);
  }

  @Override
  public CompletionStage<Boolean> removeAsset(Asset seen) {
    return done(assets.remove(seen.key(), seen));
  }

  @Override
  public CompletionStage<Void> forEachAsset(Consumer<Asset> consumer) {
    new ArrayList<>(assets.values()).forEach(consumer);
    return done(null);
  }

  @Override
  public CompletionStage<Void> forEachContent(Consumer<Content> consumer) {
    new ArrayList<>(contents.values()).forEach(consumer);
    return done(null);
  }
}
