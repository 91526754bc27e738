// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.board.v1.Placement;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.listing.OwnerListing.Entry;
import dev.corkboard.pin.v1.Pin;
import dev.corkboard.platform.check.Ids;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares Pins with placements and listings, both ways, and publishes how many disagree as {@code
 * corkboard_reconciler_mismatches}; it repairs nothing but finishes operations it finds on rows.
 * What seems wrong is looked at again before it counts, because writes go on meanwhile.
 */
final class Reconciler {
  private static final int PAGE = 1_000;
  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

  private final PinStore pins;
  private final OwnerListing listing;
  private final Placements placements;
  private final PinSagas sagas;
  private final AtomicInteger mismatches = new AtomicInteger();

  Reconciler(
      PinStore pins,
      OwnerListing listing,
      Placements placements,
      PinSagas sagas,
      MeterRegistry metrics) {
    this.pins = pins;
    this.listing = listing;
    this.placements = placements;
    this.sagas = sagas;
    metrics.gauge("corkboard.reconciler.mismatches", mismatches);
  }

  /** Where Pins ought to be, by what the rows say. */
  private static final class Expected {
    final Map<String, Set<String>> byBoard = new ConcurrentHashMap<>();
    final Map<String, Set<String>> byOwner = new ConcurrentHashMap<>();

    void add(StoredPin row) {
      Pin pin = row.pin();
      if (!row.isLive()) return;
      byBoard
          .computeIfAbsent(pin.getBoardId(), id -> ConcurrentHashMap.newKeySet())
          .add(pin.getId());
      byOwner
          .computeIfAbsent(pin.getOwnerId(), id -> ConcurrentHashMap.newKeySet())
          .add(pin.getId());
    }
  }

  /** Walks everything once; answers how many Pins disagree. */
  CompletionStage<Integer> reconcile() {
    Expected expected = new Expected();
    AtomicInteger found = new AtomicInteger();
    return pins.scan(expected::add)
        .thenCompose(
            scanned ->
                Gather.each(
                    List.copyOf(expected.byBoard.keySet()),
                    board -> compareBoard(board, expected.byBoard.get(board), found)))
        .thenCompose(
            done ->
                Gather.each(
                    List.copyOf(expected.byOwner.keySet()),
                    owner -> compareOwner(owner, expected.byOwner.get(owner), found)))
        .thenApply(
            done -> {
              mismatches.set(found.get());
              return found.get();
            });
  }

  private CompletionStage<Void> compareBoard(
      String boardId, Set<String> expected, AtomicInteger found) {
    Set<String> standing = new HashSet<>();
    return standing(boardId, "", standing)
        .thenCompose(
            read -> count(difference(expected, standing), found, pin -> agrees(pin, boardId)));
  }

  /** A board nobody knows is one where nothing stands. */
  private CompletionStage<Void> standing(String boardId, String token, Set<String> into) {
    return placements
        .standing(boardId, PAGE, token, false)
        .thenCompose(
            page -> {
              page.getPlacementsList().stream().map(Placement::getPinId).forEach(into::add);
              return page.getNextPageToken().isEmpty()
                  ? CompletableFuture.completedStage(null)
                  : standing(boardId, page.getNextPageToken(), into);
            })
        .exceptionallyCompose(
            thrown -> {
              ApiException failure = ApiException.from(thrown);
              return failure.code() == Status.Code.NOT_FOUND
                  ? CompletableFuture.completedStage(null)
                  : CompletableFuture.failedStage(failure);
            });
  }

  /** The second look: with the operation on the row finished, is it placed where it says? */
  private CompletionStage<Boolean> agrees(String pinId, String boardId) {
    Set<String> standing = new HashSet<>();
    return sagas
        .settled(pinId)
        .thenCompose(
            row ->
                standing(boardId, "", standing)
                    .thenApply(
                        read -> {
                          boolean says =
                              row.filter(StoredPin::isLive)
                                  .filter(r -> r.pin().getBoardId().equals(boardId))
                                  .isPresent();
                          return says == standing.contains(pinId);
                        }));
  }

  private CompletionStage<Void> compareOwner(
      String ownerId, Set<String> expected, AtomicInteger found) {
    Map<String, Entry> listed = new HashMap<>();
    return listed(ownerId, "", listed)
        .thenCompose(
            read ->
                count(difference(expected, listed.keySet()), found, pin -> isListed(pin, ownerId)))
        .thenCompose(done -> countsAgree(ownerId))
        .thenCompose(agree -> agree ? CompletableFuture.completedStage(true) : countsAgree(ownerId))
        .thenAccept(
            agree -> {
              if (agree) return;
              found.incrementAndGet();
              log.atWarn().log("the counts of owner {} disagree with the listing", ownerId);
            });
  }

  private CompletionStage<Boolean> countsAgree(String ownerId) {
    Map<String, Entry> listed = new HashMap<>();
    return listed(ownerId, "", listed)
        .thenCombine(
            listing.counts(ownerId),
            (read, counts) -> {
              Map<String, Integer> rows = new HashMap<>();
              listed.values().forEach(entry -> rows.merge(entry.boardId(), 1, Integer::sum));
              return rows.equals(counts);
            });
  }

  private CompletionStage<Void> listed(String ownerId, String after, Map<String, Entry> into) {
    return listing
        .page(ownerId, after, PAGE)
        .thenCompose(
            page -> {
              page.forEach(entry -> into.put(entry.pinId(), entry));
              return page.size() < PAGE
                  ? CompletableFuture.completedStage(null)
                  : listed(ownerId, page.get(page.size() - 1).pinId(), into);
            });
  }

  private CompletionStage<Boolean> isListed(String pinId, String ownerId) {
    String above = Ids.format(Long.parseLong(pinId) + 1);
    return sagas
        .settled(pinId)
        .thenCompose(
            row ->
                listing
                    .page(ownerId, above, 1)
                    .thenApply(
                        next ->
                            row.filter(StoredPin::isLive).isPresent()
                                == next.stream().anyMatch(e -> e.pinId().equals(pinId))));
  }

  private interface SecondLook {
    CompletionStage<Boolean> agrees(String pinId);
  }

  private static CompletionStage<Void> count(
      Set<String> suspects, AtomicInteger found, SecondLook look) {
    return Gather.each(
        List.copyOf(suspects),
        pin ->
            look.agrees(pin)
                .thenAccept(
                    agrees -> {
                      if (agrees) return;
                      found.incrementAndGet();
                      log.atWarn().log("pin {} disagrees with its board or its listing", pin);
                    }));
  }

  private static Set<String> difference(Set<String> one, Set<String> other) {
    Set<String> result = new HashSet<>(one);
    result.addAll(other);
    result.removeIf(id -> one.contains(id) && other.contains(id));
    return result;
  }
}
