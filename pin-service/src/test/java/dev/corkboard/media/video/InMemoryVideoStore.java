// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.media.v1.VideoState;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** Videos in a map. */
public final class InMemoryVideoStore implements VideoStore {
  private final ConcurrentSkipListMap<Long, StoredVideo> videos = new ConcurrentSkipListMap<>();
  private final Clock clock;

  public InMemoryVideoStore(Clock clock) {
    this.clock = clock;
  }

  private boolean isThere(StoredVideo video) {
    return Timestamps.toMillis(video.video().getExpireTime()) > clock.millis();
  }

  @Override
  public CompletionStage<Void> insert(StoredVideo video) {
    videos.put(Long.parseLong(video.video().getId()), video);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Optional<StoredVideo>> find(String ownerId, String videoId) {
    return CompletableFuture.completedStage(
        Optional.ofNullable(videos.get(Long.parseLong(videoId)))
            .filter(found -> found.ownerId().equals(ownerId) && isThere(found)));
  }

  @Override
  public synchronized CompletionStage<Boolean> replace(StoredVideo next, Set<VideoState> from) {
    long id = Long.parseLong(next.video().getId());
    StoredVideo known = videos.get(id);
    if (known == null || !isThere(known)) return CompletableFuture.completedStage(false);
    boolean may = from.contains(known.video().getState());
    if (may) videos.put(id, next);
    return CompletableFuture.completedStage(may || known.equals(next));
  }

  @Override
  public CompletionStage<List<StoredVideo>> list(String ownerId, long before, int limit) {
    return CompletableFuture.completedStage(
        videos.headMap(before).descendingMap().values().stream()
            .filter(video -> video.ownerId().equals(ownerId) && isThere(video))
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<Void> forEachAssetKey(Consumer<String> consumer) {
    videos.values().stream()
        .filter(video -> isThere(video) && video.video().hasFile())
        .forEach(video -> consumer.accept(video.video().getFile().getAssetKey()));
    return CompletableFuture.completedStage(null);
  }
}
