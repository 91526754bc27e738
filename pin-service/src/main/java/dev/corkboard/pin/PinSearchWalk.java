// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import com.google.common.collect.Sets;
import dev.corkboard.board.v1.Board;
import dev.corkboard.pin.PinAccess.Seen;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.listing.OwnerListing.Entry;
import dev.corkboard.pin.search.PinWords;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads on in several searches at once, newest first: for Pins that have all the words themselves,
 * and for each board whose name has some for Pins on it that have the rest. The listing may name
 * Pins that no longer have the words; those are passed over.
 */
final class PinSearchWalk {
  /** Boards that are looked into because of their names, the newest first. */
  private static final int MAX_BOARDS = 50;

  private final PinStore pins;
  private final OwnerListing listing;
  private final String ownerId;
  private final Map<String, Board> visible;
  private final Set<String> words;
  private final int wanted;
  private final List<Search> searches = new ArrayList<>();
  private final List<Seen> found = new ArrayList<>();

  /** One of the searches; an empty board means everywhere. */
  private record Search(String boardId, Set<String> words) {}

  PinSearchWalk(
      PinStore pins,
      OwnerListing listing,
      String ownerId,
      Map<String, Board> visible,
      Set<String> words,
      int wanted) {
    this.pins = pins;
    this.listing = listing;
    this.ownerId = ownerId;
    this.visible = visible;
    this.words = words;
    this.wanted = wanted;
    if (words.isEmpty()) return;
    searches.add(new Search("", words));
    visible.values().stream()
        .sorted(Comparator.comparingLong((Board b) -> Long.parseLong(b.getId())).reversed())
        .map(board -> new Search(board.getId(), Set.copyOf(Sets.difference(words, named(board)))))
        .filter(search -> search.words().size() < words.size())
        .limit(MAX_BOARDS)
        .forEach(searches::add);
  }

  private static Set<String> named(Board board) {
    return Words.of(board.getName());
  }

  /** The Pins found after one, as many as are wanted unless there are no more. */
  CompletionStage<List<Seen>> from(String after) {
    if (searches.isEmpty() || found.size() >= wanted) {
      return CompletableFuture.completedStage(found.subList(0, Math.min(wanted, found.size())));
    }
    List<CompletableFuture<List<Entry>>> reads =
        searches.stream()
            .map(
                search ->
                    listing
                        .search(ownerId, after, wanted, search.boardId(), search.words())
                        .toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
        .thenCompose(all -> take(reads.stream().map(CompletableFuture::join).toList()));
  }

  /** Only what is newer than the end of every search that goes on is known to be all. */
  private CompletionStage<List<Seen>> take(List<List<Entry>> read) {
    long horizon =
        read.stream()
            .filter(entries -> entries.size() == wanted)
            .mapToLong(entries -> Long.parseLong(entries.get(wanted - 1).pinId()))
            .max()
            .orElse(0);
    NavigableSet<Long> ids = new TreeSet<>(Comparator.reverseOrder());
    read.forEach(
        entries ->
            entries.stream()
                .map(entry -> Long.parseLong(entry.pinId()))
                .filter(id -> id >= horizon)
                .forEach(ids::add));
    List<String> some = ids.stream().map(id -> Long.toString(id)).toList();
    return pins.getAll(some)
        .thenCompose(
            rows -> {
              for (String id : some) add(rows.get(id));
              if (horizon == 0) {
                return CompletableFuture.completedStage(
                    found.subList(0, Math.min(wanted, found.size())));
              }
              return from(Long.toString(horizon));
            });
  }

  private final Map<String, Set<String>> names = new HashMap<>();

  private void add(Pin pin) {
    if (pin == null) return;
    Board board = visible.get(pin.getBoardId());
    if (board == null) return;
    Set<String> rest =
        Sets.difference(words, names.computeIfAbsent(board.getId(), id -> named(board)));
    if (PinWords.of(pin).containsAll(rest)) found.add(new Seen(pin, board));
  }
}
