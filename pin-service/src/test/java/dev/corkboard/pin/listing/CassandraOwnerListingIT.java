// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.testing.TestCassandra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Buckets of five rows, so that every test crosses seals. */
class CassandraOwnerListingIT implements OwnerListingContract {
  private static final int BUCKET = 5;
  private static final AtomicLong IDS = new AtomicLong(1_000);
  private static final Cql CQL =
      new Cql(TestCassandra.session("corkboard_pin_it", "/pin.cql"), new SimpleMeterRegistry());

  private final OwnerListing listing = new CassandraOwnerListing(CQL, IDS::incrementAndGet, BUCKET);

  @Override
  public OwnerListing listing() {
    return listing;
  }

  @Test
  void sixteenWritersFillAndSealBucketsWithoutLosingOrDoublingAnything() throws Exception {
    String owner = OwnerListingContract.someId();
    List<String> added = Collections.synchronizedList(new ArrayList<>());
    List<String> removed = Collections.synchronizedList(new ArrayList<>());
    ExecutorService writers = Executors.newFixedThreadPool(16);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int w = 0; w < 16; w++) {
        String board = Integer.toString(1 + w % 3);
        running.add(
            writers.submit(
                () -> {
                  for (int i = 0; i < 12; i++) {
                    long pin = IDS.incrementAndGet();
                    UUID step = UUID.randomUUID();
                    OwnerListing.Entry entry = OwnerListingContract.entry(pin, board);
                    OwnerListingContract.get(listing.add(owner, entry, step));
                    OwnerListingContract.get(listing.add(owner, entry, step));
                    added.add(entry.pinId());
                    if (i % 4 == 3) {
                      OwnerListingContract.get(listing.remove(owner, entry.pinId()));
                      removed.add(entry.pinId());
                    }
                  }
                }));
      }
      for (Future<?> one : running) one.get();
    } finally {
      writers.shutdown();
    }
    TreeSet<Long> expected = new TreeSet<>(Collections.reverseOrder());
    added.forEach(id -> expected.add(Long.parseLong(id)));
    removed.forEach(id -> expected.remove(Long.parseLong(id)));
    assertThat(expected).hasSize(16 * 9);
    assertThat(walk(owner, 7)).isEqualTo(expected.stream().map(id -> Long.toString(id)).toList());
    Map<String, Integer> counts = OwnerListingContract.get(listing.counts(owner));
    assertThat(counts).isEqualTo(Map.of("1", 6 * 9, "2", 5 * 9, "3", 5 * 9));
    assertThat(new HashSet<>(walk(owner, 250))).hasSize(16 * 9);
  }

  @Test
  void idMadeBeforeASealAndWrittenAfterItStaysInOrder() {
    String owner = OwnerListingContract.someId();
    long late = IDS.incrementAndGet();
    List<Long> others = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      others.add(IDS.incrementAndGet());
      OwnerListingContract.get(
          listing.add(
              owner,
              OwnerListingContract.entry(others.get(others.size() - 1), "7"),
              UUID.randomUUID()));
    }
    OwnerListingContract.get(
        listing.add(owner, OwnerListingContract.entry(late, "7"), UUID.randomUUID()));
    List<String> expected =
        LongStream.concat(LongStream.of(late), others.stream().mapToLong(Long::longValue))
            .boxed()
            .sorted(Collections.reverseOrder())
            .map(id -> Long.toString(id))
            .toList();
    assertThat(walk(owner, 4)).isEqualTo(expected);
  }

  @Test
  void emptiedBucketsArePassedOver() {
    String owner = OwnerListingContract.someId();
    List<Long> ids = LongStream.range(0, 22).map(i -> IDS.incrementAndGet()).boxed().toList();
    for (long id : ids) {
      OwnerListingContract.get(
          listing.add(owner, OwnerListingContract.entry(id, "7"), UUID.randomUUID()));
    }
    for (long id : ids.subList(3, 20)) {
      OwnerListingContract.get(listing.remove(owner, Long.toString(id)));
    }
    assertThat(OwnerListingContract.get(listing.page(owner, "", 10)))
        .extracting(OwnerListing.Entry::pinId)
        .containsExactly(
            ids.get(21).toString(),
            ids.get(20).toString(),
            ids.get(2).toString(),
            ids.get(1).toString(),
            ids.get(0).toString());
    assertThat(OwnerListingContract.get(listing.counts(owner))).isEqualTo(Map.of("7", 5));
  }

  @Test
  void bucketsThatHoldNothingElseAreNotRead() {
    String owner = OwnerListingContract.someId();
    for (int i = 0; i < 22; i++) {
      String board = i < 2 ? "8" : "7";
      OwnerListingContract.get(
          listing.add(
              owner, OwnerListingContract.entry(IDS.incrementAndGet(), board), UUID.randomUUID()));
    }
    assertThat(OwnerListingContract.get(listing.page(owner, "", 100, Set.of("7"))))
        .extracting(OwnerListing.Entry::boardId)
        .hasSizeLessThan(2 * BUCKET)
        .endsWith("8", "8");
  }
}
