// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin;

import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.listing.OwnerListing.Entry;
import dev.corkboard.platform.check.Ids;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares an owner's listing with the Pins that are the owner's, and with its own counts. */
final class OwnerAudit {
  private static final int PAGE = 1_000;
  private static final Logger log = LoggerFactory.getLogger(OwnerAudit.class);

  private final OwnerListing listing;
  private final PinSagas sagas;

  OwnerAudit(OwnerListing listing, PinSagas sagas) {
    this.listing = listing;
    this.sagas = sagas;
  }

  /** How many Pins, and the counts, disagree with the listing also when looked at again. */
  CompletionStage<Integer> compare(String ownerId, Set<String> livePins) {
    return listed(ownerId)
        .thenCompose(listed -> recheck(ownerId, PinIds.difference(livePins, listed.keySet())))
        .thenCombine(isCounted(ownerId), (pins, counted) -> pins + (counted ? 0 : 1));
  }

  private CompletionStage<Map<String, Entry>> listed(String ownerId) {
    Map<String, Entry> listed = new HashMap<>();
    return listed(ownerId, "", listed).thenApply(read -> listed);
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

  private CompletionStage<Integer> recheck(String ownerId, Set<String> suspects) {
    AtomicInteger wrong = new AtomicInteger();
    return Gather.each(
            List.copyOf(suspects),
            pin ->
                isListedRightly(pin, ownerId)
                    .thenAccept(
                        rightly -> {
                          if (rightly) return;
                          wrong.incrementAndGet();
                          log.atWarn().log("pin {} disagrees with the listing", pin);
                        }))
        .thenApply(looked -> wrong.get());
  }

  private CompletionStage<Boolean> isListedRightly(String pinId, String ownerId) {
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

  private CompletionStage<Boolean> isCounted(String ownerId) {
    return countsAgree(ownerId)
        .thenCompose(agree -> agree ? CompletableFuture.completedStage(true) : countsAgree(ownerId))
        .thenApply(
            agree -> {
              if (!agree)
                log.atWarn().log("the counts of owner {} disagree with the listing", ownerId);
              return agree;
            });
  }

  private CompletionStage<Boolean> countsAgree(String ownerId) {
    return listed(ownerId)
        .thenCombine(
            listing.counts(ownerId),
            (listed, counts) -> {
              Map<String, Integer> rows = new HashMap<>();
              listed.values().forEach(entry -> rows.merge(entry.boardId(), 1, Integer::sum));
              return rows.equals(counts);
            });
  }
}
