// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.corkboard.media.v1.Video;
import dev.corkboard.media.v1.VideoFile;
import dev.corkboard.media.v1.VideoState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every store of videos does; each test has owners and ids of its own. */
interface VideoStoreContract {
  EnumSet<VideoState> UNFINISHED =
      EnumSet.of(VideoState.VIDEO_STATE_REGISTERED, VideoState.VIDEO_STATE_PROCESSING);

  VideoStore store();

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static long someNumber() {
    return ThreadLocalRandom.current().nextLong(1L << 40, Long.MAX_VALUE - 1_000);
  }

  private static StoredVideo video(String ownerId, long id, long secondsToLive) {
    long now = System.currentTimeMillis();
    Video video =
        Video.newBuilder()
            .setId(Long.toString(id))
            .setState(VideoState.VIDEO_STATE_REGISTERED)
            .setCreateTime(Timestamps.fromMillis(now))
            .setExpireTime(Timestamps.fromMillis(now + secondsToLive * 1_000))
            .build();
    return new StoredVideo(ownerId, video, "secret", "");
  }

  private StoredVideo registered(long secondsToLive) {
    StoredVideo video = video(Long.toString(someNumber()), someNumber(), secondsToLive);
    get(store().insert(video));
    return video;
  }

  private static StoredVideo in(StoredVideo video, VideoState state, String assetKey) {
    Video.Builder changed = video.video().toBuilder().setState(state);
    if (!assetKey.isEmpty()) changed.setFile(VideoFile.newBuilder().setAssetKey(assetKey));
    return new StoredVideo(video.ownerId(), changed.build(), video.uploadSecret(), "ab");
  }

  @Test
  default void registeredVideoIsFoundByItsOwnerAlone() {
    StoredVideo video = registered(60);
    String id = video.video().getId();
    assertThat(get(store().find(video.ownerId(), id))).contains(video);
    assertThat(get(store().find(Long.toString(someNumber()), id))).isEmpty();
    assertThat(get(store().find(video.ownerId(), Long.toString(someNumber())))).isEmpty();
    get(store().insert(video));
    assertThat(get(store().find(video.ownerId(), id))).contains(video);
  }

  @Test
  default void videoIsReplacedOnlyFromTheStatesNamed() {
    StoredVideo video = registered(60);
    StoredVideo processing = in(video, VideoState.VIDEO_STATE_PROCESSING, "");
    StoredVideo succeeded = in(video, VideoState.VIDEO_STATE_SUCCEEDED, "one");
    assertThat(get(store().replace(processing, UNFINISHED))).isTrue();
    assertThat(get(store().replace(succeeded, UNFINISHED))).isTrue();
    assertThat(get(store().replace(succeeded, UNFINISHED))).isTrue();
    StoredVideo other = in(video, VideoState.VIDEO_STATE_SUCCEEDED, "two");
    assertThat(get(store().replace(other, UNFINISHED))).isFalse();
    assertThat(get(store().find(video.ownerId(), video.video().getId()))).contains(succeeded);
  }

  @Test
  default void whatIsNotThereIsNotReplaced() {
    StoredVideo never = video(Long.toString(someNumber()), someNumber(), 60);
    assertThat(get(store().replace(never, UNFINISHED))).isFalse();
    assertThat(get(store().find(never.ownerId(), never.video().getId()))).isEmpty();
  }

  @Test
  default void ofManyWhoFinishOneDoes() {
    StoredVideo video = registered(60);
    List<CompletableFuture<Boolean>> tries =
        IntStream.range(0, 8)
            .mapToObj(i -> in(video, VideoState.VIDEO_STATE_SUCCEEDED, "asset-" + i))
            .map(next -> store().replace(next, UNFINISHED).toCompletableFuture())
            .toList();
    assertThat(tries.stream().filter(CompletableFuture::join)).hasSize(1);
  }

  @Test
  default void listingIsNewestFirst() {
    String owner = Long.toString(someNumber());
    long first = someNumber();
    for (int i = 0; i < 5; i++) get(store().insert(video(owner, first + i, 60)));
    assertThat(get(store().list(owner, Long.MAX_VALUE, 3)))
        .extracting(video -> Long.parseLong(video.video().getId()) - first)
        .containsExactly(4L, 3L, 2L);
    assertThat(get(store().list(owner, first + 2, 3)))
        .extracting(video -> Long.parseLong(video.video().getId()) - first)
        .containsExactly(1L, 0L);
  }

  @Test
  default void assetsOfVideosAreInUse() {
    StoredVideo video = registered(60);
    String key = "key-" + video.video().getId();
    get(store().replace(in(video, VideoState.VIDEO_STATE_SUCCEEDED, key), UNFINISHED));
    registered(60);
    List<String> keys = new ArrayList<>();
    get(store().forEachAssetKey(keys::add));
    assertThat(keys).contains(key).doesNotContain("");
  }

  /** All of a row goes at once, what was written first and what was written last. */
  @Test
  default void expiredVideoIsGone() {
    StoredVideo video = registered(2);
    get(store().replace(in(video, VideoState.VIDEO_STATE_PROCESSING, ""), UNFINISHED));
    StoredVideo kept = registered(60);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(get(store().find(video.ownerId(), video.video().getId()))).isEmpty());
    assertThat(get(store().list(video.ownerId(), Long.MAX_VALUE, 3))).isEmpty();
    assertThat(get(store().replace(video, UNFINISHED))).isFalse();
    assertThat(get(store().find(kept.ownerId(), kept.video().getId()))).contains(kept);
  }
}
