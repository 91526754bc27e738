// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.listing;

import dev.corkboard.pin.v1.CreativeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * The Pins of each owner, newest first, with exact counts per board.
 *
 * <p>Every write is atomic and may be repeated: one with a step id is applied at most once within
 * 48 hours, however late a repeat arrives. Failures are {@code ApiException}s, UNAVAILABLE or
 * DEADLINE_EXCEEDED, and CONTENTION when other writers keep winning.
 */
public interface OwnerListing {
  /** How many words a search looks for; whoever asks for more checks the rest. */
  int MAX_WORDS = 4;

  /**
   * A listed Pin.
   *
   * @param saved whether it was saved from another Pin
   * @param words what it is found by; read entries have none
   */
  record Entry(String pinId, String boardId, CreativeType type, boolean saved, Set<String> words) {
    public Entry(String pinId, String boardId, CreativeType type, boolean saved) {
      this(pinId, boardId, type, saved, Set.of());
    }
  }

  CompletionStage<Void> add(String ownerId, Entry entry, UUID step);

  /** Puts a listed Pin on another board; a Pin that is not listed stays so. */
  CompletionStage<Void> move(String ownerId, String pinId, String boardId, UUID step);

  /** Takes a Pin out of the listing, if it is there. */
  default CompletionStage<Void> remove(String ownerId, String pinId) {
    return remove(ownerId, List.of(pinId));
  }

  /**
   * Takes out of the listing those of the Pins that are there. Atomic for one; of several, some may
   * be out when it fails.
   */
  CompletionStage<Void> remove(String ownerId, Collection<String> pinIds);

  /**
   * The newest entries whose id is below a Pin's, which need not be listed.
   *
   * @param beforePinId empty begins with the newest
   * @return {@code limit} entries, fewer only at the end
   */
  default CompletionStage<List<Entry>> page(String ownerId, String beforePinId, int limit) {
    return page(ownerId, beforePinId, limit, Set.of());
  }

  /**
   * The same for a reader who passes some boards over: entries on them may be left out, so that
   * long stretches of them need not be read.
   */
  CompletionStage<List<Entry>> page(
      String ownerId, String beforePinId, int limit, Set<String> passedOver);

  /** Adds to the words by which a listed Pin is found; a Pin that is not listed stays so. */
  CompletionStage<Void> describe(String ownerId, String pinId, Set<String> words);

  /**
   * The newest entries that have all of the words and whose id is below a Pin's, as {@link #page}.
   * A Pin is found by every word it was ever added or described with.
   *
   * @param boardId only Pins on this board; empty means all
   * @param words the first {@link #MAX_WORDS} count, none finds every Pin
   */
  CompletionStage<List<Entry>> search(
      String ownerId, String beforePinId, int limit, String boardId, Collection<String> words);

  /** How many of the owner's Pins are on each board; boards without any are left out. */
  CompletionStage<Map<String, Integer>> counts(String ownerId);
}
