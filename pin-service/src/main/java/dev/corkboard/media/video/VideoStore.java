// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import dev.corkboard.media.v1.VideoState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Keeps videos until they expire. Times are kept to the millisecond. */
public interface VideoStore {
  /** Registers a video under an id that was never used. */
  CompletionStage<Void> insert(StoredVideo video);

  CompletionStage<Optional<StoredVideo>> find(String ownerId, String videoId);

  /**
   * Replaces a video when its state is one of those, and keeps it until its new time to expire;
   * false when its state is another, or it is gone. May be repeated.
   */
  CompletionStage<Boolean> replace(StoredVideo next, Set<VideoState> from);

  /** Videos of an owner with ids below one, newest first. */
  CompletionStage<List<StoredVideo>> list(String ownerId, long before, int limit);

  /** Hands over every asset key; the consumer is thread-safe. Fails rather than leave one out. */
  CompletionStage<Void> forEachAssetKey(Consumer<String> consumer);
}
