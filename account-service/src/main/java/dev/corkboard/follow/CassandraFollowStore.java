// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.follow;

import dev.corkboard.follow.CassandraFollowIntents.Begun;
import dev.corkboard.platform.cassandra.Attempts;
import dev.corkboard.platform.cassandra.Cql;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Follows in Cassandra: {@code following} is the truth, and {@code follower} is brought into line
 * with it after each change, by the sweeper when this process does not live to do it.
 */
public final class CassandraFollowStore implements FollowStore {
  private final CassandraFollowTable following;
  private final CassandraFollowTable followers;
  private final CassandraFollowIntents intents;

  public CassandraFollowStore(Cql cql, Clock clock) {
    this.following = CassandraFollowTable.following(cql);
    this.followers = CassandraFollowTable.followers(cql);
    this.intents = new CassandraFollowIntents(cql, clock);
  }

  @Override
  public CompletionStage<Void> set(long followerId, long followeeId, boolean follows) {
    return intents
        .begin(followerId, followeeId)
        .thenCompose(
            begun ->
                decide(followerId, followeeId, follows)
                    .thenCompose(decided -> align(begun))
                    .thenCompose(aligned -> intents.end(begun)));
  }

  private CompletionStage<Boolean> decide(long followerId, long followeeId, boolean follows) {
    return Attempts.until(
        () ->
            following
                .state(followerId, followeeId)
                .thenCompose(
                    read ->
                        read.there() == follows
                            ? CompletableFuture.completedStage(Optional.of(true))
                            : following
                                .write(followerId, followeeId, read, follows)
                                .thenApply(CassandraFollowStore::done)));
  }

  private static Optional<Boolean> done(boolean written) {
    return written ? Optional.of(true) : Optional.empty();
  }

  /**
   * Makes {@code follower} say what {@code following} does. The truth is read after the version
   * that the write depends on: whoever writes last has read what everybody before had decided.
   */
  private CompletionStage<Boolean> align(Begun begun) {
    return Attempts.until(
        () ->
            followers
                .state(begun.followeeId(), begun.followerId())
                .thenCompose(
                    read ->
                        following
                            .isThere(begun.followerId(), begun.followeeId())
                            .thenCompose(
                                there ->
                                    followers.write(
                                        begun.followeeId(), begun.followerId(), read, there)))
                .thenApply(CassandraFollowStore::done));
  }

  /** Finishes what other processes began and did not end. */
  public CompletionStage<Void> sweep() {
    return intents.unfinished(begun -> align(begun).thenCompose(aligned -> intents.end(begun)));
  }

  @Override
  public CompletionStage<List<Long>> followers(long followeeId, long before, int limit) {
    return followers.page(followeeId, before, limit);
  }

  @Override
  public CompletionStage<List<Long>> following(long followerId, long before, int limit) {
    return following.page(followerId, before, limit);
  }

  @Override
  public CompletionStage<Counts> counts(long accountId) {
    return followers.count(accountId).thenCombine(following.count(accountId), Counts::new);
  }
}
