// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.common.collect.Lists;
import dev.corkboard.board.v1.BoardState;
import dev.corkboard.board.v1.Privacy;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.platform.server.Caller;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Counts an owner's Pins: the sum over the boards that are live, which board-service knows. */
final class PinCounts {
  /** The most boards one call may ask for; board-service's limit. */
  private static final int BATCH = 250;

  private final OwnerListing listing;
  private final Placements placements;

  PinCounts(OwnerListing listing, Placements placements) {
    this.listing = listing;
    this.placements = placements;
  }

  CompletionStage<Integer> of(Caller caller) {
    return listing.counts(caller.accountId()).thenCompose(counts -> sum(caller, counts));
  }

  private CompletionStage<Integer> sum(Caller caller, Map<String, Integer> counts) {
    boolean secret = caller.hasScope("boards:read_secret") && caller.hasScope("pins:read_secret");
    List<CompletableFuture<Integer>> sums =
        Lists.partition(List.copyOf(counts.keySet()), BATCH).stream()
            .map(
                boards ->
                    placements
                        .states(boards)
                        .thenApply(states -> sum(states, counts, secret))
                        .toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(sums.toArray(CompletableFuture[]::new))
        .thenApply(all -> sums.stream().mapToInt(CompletableFuture::join).sum());
  }

  private static int sum(List<BoardState> states, Map<String, Integer> counts, boolean secret) {
    return states.stream()
        .filter(board -> !board.getDeleted())
        .filter(board -> secret || board.getPrivacy() != Privacy.PRIVACY_SECRET)
        .mapToInt(board -> counts.getOrDefault(board.getBoardId(), 0))
        .sum();
  }
}
