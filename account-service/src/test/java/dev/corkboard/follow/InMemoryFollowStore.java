// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.follow;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/** Follows in a set. */
final class InMemoryFollowStore implements FollowStore {
  private final Set<Follow> follows = new HashSet<>();

  private record Follow(long follower, long followee) {}

  @Override
  public synchronized CompletionStage<Void> set(long followerId, long followeeId, boolean wanted) {
    Follow follow = new Follow(followerId, followeeId);
    if (wanted) follows.add(follow);
    else follows.remove(follow);
    return CompletableFuture.completedStage(null);
  }

  private synchronized List<Long> list(Predicate<Follow> whose, Function<Follow, Long> who) {
    return follows.stream().filter(whose).map(who).sorted(Comparator.reverseOrder()).toList();
  }

  private static CompletionStage<List<Long>> page(List<Long> all, long before, int limit) {
    return CompletableFuture.completedStage(
        all.stream().filter(id -> id < before).limit(limit).toList());
  }

  @Override
  public CompletionStage<List<Long>> followers(long followeeId, long before, int limit) {
    return page(list(f -> f.followee() == followeeId, Follow::follower), before, limit);
  }

  @Override
  public CompletionStage<List<Long>> following(long followerId, long before, int limit) {
    return page(list(f -> f.follower() == followerId, Follow::followee), before, limit);
  }

  @Override
  public CompletionStage<Counts> counts(long accountId) {
    return CompletableFuture.completedStage(
        new Counts(
            list(f -> f.followee() == accountId, Follow::follower).size(),
            list(f -> f.follower() == accountId, Follow::followee).size()));
  }
}
