// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.follow;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Keeps who follows whom, with exact counts. Stages fail with {@code ApiException}s: UNAVAILABLE or
 * DEADLINE_EXCEEDED, and CONTENTION when other writers keep winning.
 */
public interface FollowStore {
  /**
   * How many follow an account, and are followed by it.
   *
   * @param followers accounts that follow it
   * @param following accounts it follows
   */
  record Counts(int followers, int following) {}

  /** Makes an account follow another, or follow it no more; done already is no harm. */
  CompletionStage<Void> set(long followerId, long followeeId, boolean follows);

  /** The accounts that follow one, with ids below {@code before}, greatest first. */
  CompletionStage<List<Long>> followers(long followeeId, long before, int limit);

  /** The accounts that one follows, with ids below {@code before}, greatest first. */
  CompletionStage<List<Long>> following(long followerId, long before, int limit);

  CompletionStage<Counts> counts(long accountId);
}
