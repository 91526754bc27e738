// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.follow.FollowStore.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link FollowStore} does. */
interface FollowStoreContract {
  FollowStore store();

  static long someone() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private void set(long follower, long followee, boolean follows) {
    await(store().set(follower, followee, follows));
  }

  private List<Long> followers(long account) {
    return await(store().followers(account, Long.MAX_VALUE, 100));
  }

  private List<Long> following(long account) {
    return await(store().following(account, Long.MAX_VALUE, 100));
  }

  @Test
  default void bothEndsSeeIt() {
    long a = someone();
    long b = someone();
    set(a, b, true);
    assertThat(following(a)).containsExactly(b);
    assertThat(followers(b)).containsExactly(a);
    assertThat(following(b)).isEmpty();
    assertThat(await(store().counts(a))).isEqualTo(new Counts(0, 1));
    assertThat(await(store().counts(b))).isEqualTo(new Counts(1, 0));
    set(a, b, false);
    assertThat(following(a)).isEmpty();
    assertThat(followers(b)).isEmpty();
    assertThat(await(store().counts(a))).isEqualTo(new Counts(0, 0));
    assertThat(await(store().counts(b))).isEqualTo(new Counts(0, 0));
  }

  @Test
  default void repeatsCountOnce() {
    long a = someone();
    long b = someone();
    set(a, b, false);
    for (int i = 0; i < 3; i++) set(a, b, true);
    assertThat(await(store().counts(b))).isEqualTo(new Counts(1, 0));
    for (int i = 0; i < 3; i++) set(a, b, false);
    assertThat(await(store().counts(b))).isEqualTo(new Counts(0, 0));
  }

  @Test
  default void listsInPagesGreatestFirst() {
    long account = someone();
    List<Long> others =
        IntStream.range(0, 7)
            .mapToObj(i -> someone())
            .sorted((x, y) -> Long.compare(y, x))
            .toList();
    others.forEach(other -> set(other, account, true));
    List<Long> seen = new ArrayList<>(await(store().followers(account, Long.MAX_VALUE, 3)));
    assertThat(seen).isEqualTo(others.subList(0, 3));
    seen.addAll(await(store().followers(account, seen.get(2), 10)));
    assertThat(seen).isEqualTo(others);
    assertThat(await(store().counts(account))).isEqualTo(new Counts(7, 0));
  }

  @Test
  default void manyAtOnceAreAllCounted() {
    long account = someone();
    List<Long> others = IntStream.range(0, 8).mapToObj(i -> someone()).toList();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (long other : others) {
      all.add(store().set(other, account, true).toCompletableFuture());
      all.add(store().set(account, other, true).toCompletableFuture());
    }
    all.forEach(CompletableFuture::join);
    assertThat(await(store().counts(account))).isEqualTo(new Counts(8, 8));
    assertThat(followers(account)).containsExactlyInAnyOrderElementsOf(others);
    assertThat(following(account)).containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  default void onAndOffAtOnceLeavesBothEndsAlike() {
    long a = someone();
    long b = someone();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) all.add(store().set(a, b, i % 2 == 0).toCompletableFuture());
    all.forEach(CompletableFuture::join);
    assertThat(followers(b)).hasSize(following(a).size());
    assertThat(await(store().counts(b)).followers()).isEqualTo(followers(b).size());
    assertThat(await(store().counts(a)).following()).isEqualTo(following(a).size());
  }
}
