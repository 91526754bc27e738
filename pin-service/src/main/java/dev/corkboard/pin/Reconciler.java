// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.pin.listing.OwnerListing;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Compares Pins with placements and listings, both ways, on every board and for every owner there
 * ever was; it repairs nothing but finishes operations it finds on rows. What seems wrong is looked
 * at again before it counts, because writes go on meanwhile.
 *
 * <p>Publishes how many disagreed in the last round that came to its end as {@code
 * corkboard_reconciler_mismatches}, NaN before the first, and the rounds by outcome as {@code
 * corkboard_reconciler_rounds_total}. A round holds the ids of all Pins in memory.
 */
final class Reconciler {
  private static final int PAGE = 1_000;

  private final PinStore pins;
  private final Placements placements;
  private final BoardAudit boards;
  private final OwnerAudit owners;
  private final MeterRegistry metrics;
  private volatile double mismatches = Double.NaN;

  Reconciler(
      PinStore pins,
      OwnerListing listing,
      Placements placements,
      PinSagas sagas,
      MeterRegistry metrics) {
    this.pins = pins;
    this.placements = placements;
    this.boards = new BoardAudit(placements, sagas);
    this.owners = new OwnerAudit(listing, sagas);
    this.metrics = metrics;
    metrics.gauge("corkboard.reconciler.mismatches", this, reconciler -> reconciler.mismatches);
    for (String outcome : List.of("completed", "failed")) rounds(outcome, 0);
  }

  private void rounds(String outcome, int more) {
    metrics.counter("corkboard.reconciler.rounds", "outcome", outcome).increment(more);
  }

  /** Where Pins ought to be, by what the rows say. */
  private static final class Expected {
    final Map<String, Set<String>> byBoard = new ConcurrentHashMap<>();
    final Map<String, Set<String>> byOwner = new ConcurrentHashMap<>();

    void add(StoredPin row) {
      add(byBoard, row.pin().getBoardId(), row);
      add(byOwner, row.pin().getOwnerId(), row);
    }

    /** One who has no live Pin is still to be looked at. */
    private static void add(Map<String, Set<String>> by, String id, StoredPin row) {
      Set<String> live = by.computeIfAbsent(id, any -> ConcurrentHashMap.newKeySet());
      if (row.isLive()) live.add(row.pin().getId());
    }
  }

  /** Walks everything once; answers how many Pins, counts of boards and of owners disagree. */
  CompletionStage<Integer> reconcile() {
    Expected expected = new Expected();
    AtomicInteger found = new AtomicInteger();
    return pins.scan(expected::add)
        .thenCompose(scanned -> addBoards("", expected))
        .thenCompose(listed -> compare(expected.byBoard, boards::compare, found))
        .thenCompose(compared -> compare(expected.byOwner, owners::compare, found))
        .thenApply(compared -> found.get())
        .whenComplete(
            (count, failure) -> {
              if (failure == null) mismatches = count;
              rounds(failure == null ? "completed" : "failed", 1);
            });
  }

  private CompletionStage<Void> addBoards(String token, Expected expected) {
    return placements
        .boards(PAGE, token)
        .thenCompose(
            page -> {
              page.getBoardsList()
                  .forEach(board -> expected.byBoard.putIfAbsent(board.getBoardId(), Set.of()));
              return page.getNextPageToken().isEmpty()
                  ? CompletableFuture.completedStage(null)
                  : addBoards(page.getNextPageToken(), expected);
            });
  }

  private interface Comparison {
    CompletionStage<Integer> compare(String id, Set<String> livePins);
  }

  private static CompletionStage<Void> compare(
      Map<String, Set<String>> expected, Comparison comparison, AtomicInteger found) {
    return Gather.each(
        List.copyOf(expected.keySet()),
        id -> comparison.compare(id, expected.get(id)).thenAccept(found::addAndGet));
  }
}
