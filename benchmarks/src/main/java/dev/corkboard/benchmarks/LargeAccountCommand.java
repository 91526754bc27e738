// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks;

import dev.corkboard.pin.listing.CassandraOwnerListing;
import dev.corkboard.pin.listing.ListingGenerator;
import dev.corkboard.pin.listing.OwnerListing;
import dev.corkboard.pin.listing.OwnerListing.Entry;
import dev.corkboard.pin.v1.CreativeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads the first, the middle and the last page of all Pins of an account, and counts them. */
@Command(name = "large-account", mixinStandardHelpOptions = true)
final class LargeAccountCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(LargeAccountCommand.class);
  private static final int AT_ONCE = 100;
  private static final int WRITES = 50;

  @Option(names = "--pins", defaultValue = "1000000")
  private int pins;

  @Option(names = "--boards", defaultValue = "500")
  private int boards;

  @Option(names = "--rounds", defaultValue = "500")
  private int rounds;

  @Option(names = "--page-size", defaultValue = "25")
  private int pageSize;

  private final AtomicLong ids = new AtomicLong(System.currentTimeMillis() << 20);
  private final long owner = ids.incrementAndGet();

  /** Ascending, as they were added. */
  private final List<String> added = new ArrayList<>();

  private final Map<String, Integer> expected = new HashMap<>();

  @Override
  public Integer call() {
    try (CassandraUnderTest store = CassandraUnderTest.open("bench_pin", "/pin.cql")) {
      OwnerListing listing =
          new CassandraOwnerListing(
              store.cql(), ids::incrementAndGet, CassandraOwnerListing.BUCKET_ROWS);
      fill(new ListingGenerator(store.cql(), owner), listing);
      return measure(listing);
    }
  }

  private void fill(ListingGenerator generator, OwnerListing listing) {
    List<Long> onBoards = new ArrayList<>();
    for (int i = 0; i < boards; i++) onBoards.add(ids.incrementAndGet());
    for (int batch = 0; added.size() < pins - WRITES; batch++) {
      long board = onBoards.get(batch % boards);
      List<Long> some = new ArrayList<>();
      for (int i = Math.min(AT_ONCE, pins - WRITES - added.size()); i > 0; i--) {
        some.add(ids.incrementAndGet());
      }
      generator.add(board, some);
      some.forEach(pin -> note(pin, board));
    }
    for (int i = 0; i < WRITES; i++) {
      long pin = ids.incrementAndGet();
      long board = onBoards.get(i % boards);
      Entry entry =
          new Entry(
              Long.toString(pin), Long.toString(board), CreativeType.CREATIVE_TYPE_REGULAR, false);
      listing.add(Long.toString(owner), entry, UUID.randomUUID()).toCompletableFuture().join();
      note(pin, board);
    }
  }

  private void note(long pin, long board) {
    added.add(Long.toString(pin));
    expected.merge(Long.toString(board), 1, Integer::sum);
  }

  private int measure(OwnerListing listing) {
    Times first = new Times();
    Times middle = new Times();
    Times last = new Times();
    Times counting = new Times();
    for (int round = -rounds / 3; round < rounds; round++) {
      page(listing, round, first, "");
      page(listing, round, middle, added.get(added.size() / 2));
      page(listing, round, last, added.get(pageSize));
      if (round % 10 == 0) {
        long begin = System.nanoTime();
        counts(listing);
        if (round >= 0) counting.add(System.nanoTime() - begin);
      }
    }
    double slowest = Math.max(first.median(), Math.max(middle.median(), last.median()));
    double ratio = slowest / Math.min(first.median(), Math.min(middle.median(), last.median()));
    boolean counted = counts(listing).equals(expected);
    log.info("first page: {}", first);
    log.info("middle page: {}", middle);
    log.info("last page: {}", last);
    log.info("slowest median / fastest median: {} (bar: 1.20)", "%.3f".formatted(ratio));
    log.info("counts of {} boards: {}; exact: {}", expected.size(), counting, counted);
    return ratio <= 1.2 && counted && isWhole(listing) ? 0 : 1;
  }

  private void page(OwnerListing listing, int round, Times times, String before) {
    long begin = System.nanoTime();
    int found = page(listing, before, pageSize).size();
    if (round >= 0) times.add(System.nanoTime() - begin);
    if (found != pageSize) throw new IllegalStateException("a page of " + found);
  }

  private List<Entry> page(OwnerListing listing, String before, int size) {
    return listing.page(Long.toString(owner), before, size).toCompletableFuture().join();
  }

  private Map<String, Integer> counts(OwnerListing listing) {
    return listing.counts(Long.toString(owner)).toCompletableFuture().join();
  }

  private boolean isWhole(OwnerListing listing) {
    Set<String> missing = new HashSet<>(added);
    int listed = 0;
    int foreign = 0;
    String before = "";
    while (true) {
      List<Entry> page = page(listing, before, 1_000);
      if (page.isEmpty()) break;
      for (Entry entry : page) {
        listed++;
        if (!missing.remove(entry.pinId())) foreign++;
      }
      before = page.get(page.size() - 1).pinId();
    }
    log.info(
        "acknowledged {}, listed {}, lost {}, foreign or doubled {}",
        added.size(),
        listed,
        missing.size(),
        foreign);
    return missing.isEmpty() && foreign == 0;
  }
}
