// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.pin.listing.OwnerListing.Entry;
import dev.corkboard.pin.v1.CreativeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link OwnerListing} does. */
interface OwnerListingContract {
  OwnerListing listing();

  /** An id nobody else has. */
  static String someId() {
    return Long.toString(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 62));
  }

  static Entry entry(long pinId, String boardId) {
    return new Entry(
        Long.toString(pinId), boardId, CreativeType.CREATIVE_TYPE_REGULAR, pinId % 2 == 0);
  }

  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  default List<String> walk(String owner, int pageSize) {
    List<String> ids = new ArrayList<>();
    String after = "";
    while (true) {
      List<Entry> page = get(listing().page(owner, after, pageSize));
      page.forEach(entry -> ids.add(entry.pinId()));
      if (page.size() < pageSize) return ids;
      after = page.get(page.size() - 1).pinId();
    }
  }

  @Test
  default void listsNewestFirstWhateverTheOrderOfWriting() {
    String owner = someId();
    for (long pin : new long[] {30, 10, 50, 20, 40}) {
      get(listing().add(owner, entry(pin, "7"), UUID.randomUUID()));
    }
    assertThat(walk(owner, 2)).containsExactly("50", "40", "30", "20", "10");
    assertThat(get(listing().page(owner, "25", 10)))
        .containsExactly(entry(20, "7"), entry(10, "7"));
  }

  @Test
  default void repeatedStepIsAppliedOnceEvenAfterTheRowIsGone() {
    String owner = someId();
    UUID step = UUID.randomUUID();
    get(listing().add(owner, entry(10, "7"), step));
    get(listing().add(owner, entry(10, "7"), step));
    assertThat(get(listing().counts(owner))).isEqualTo(Map.of("7", 1));
    get(listing().remove(owner, "10"));
    get(listing().add(owner, entry(10, "7"), step));
    assertThat(walk(owner, 10)).isEmpty();
    assertThat(get(listing().counts(owner))).isEmpty();
  }

  @Test
  default void removingTwiceCountsOnce() {
    String owner = someId();
    get(listing().add(owner, entry(10, "7"), UUID.randomUUID()));
    get(listing().add(owner, entry(11, "7"), UUID.randomUUID()));
    get(listing().remove(owner, "10"));
    get(listing().remove(owner, "10"));
    get(listing().remove(owner, "999"));
    assertThat(walk(owner, 10)).containsExactly("11");
    assertThat(get(listing().counts(owner))).isEqualTo(Map.of("7", 1));
  }

  @Test
  default void manyOfSeveralBoardsAreRemovedAndCountedOnce() {
    String owner = someId();
    List<String> removed = new ArrayList<>();
    for (int id = 1; id <= 12; id++) {
      get(listing().add(owner, entry(id, Integer.toString(7 + id % 3)), UUID.randomUUID()));
      if (id % 4 != 0) removed.add(Integer.toString(id));
    }
    get(listing().remove(owner, "5"));
    removed.add("999");
    get(listing().remove(owner, removed));
    get(listing().remove(owner, removed));
    get(listing().remove(owner, List.of()));
    assertThat(walk(owner, 10)).containsExactly("12", "8", "4");
    assertThat(get(listing().counts(owner))).isEqualTo(Map.of("7", 1, "8", 1, "9", 1));
  }

  @Test
  default void aReaderWhoPassesABoardOverGetsEverythingElse() {
    String owner = someId();
    for (int id = 1; id <= 30; id++) {
      boolean other = id == 2 || id == 14 || id == 29;
      get(listing().add(owner, entry(id, other ? "8" : "7"), UUID.randomUUID()));
    }
    List<String> others =
        get(listing().page(owner, "", 100, Set.of("7"))).stream()
            .filter(entry -> entry.boardId().equals("8"))
            .map(Entry::pinId)
            .toList();
    assertThat(others).containsExactly("29", "14", "2");
    assertThat(get(listing().page(owner, "30", 1, Set.of("7"))))
        .extracting(Entry::pinId)
        .containsExactly("29");
    assertThat(get(listing().page(owner, "", 100, Set.of("7", "8")))).isEmpty();
    assertThat(get(listing().page(owner, "", 100, Set.of("9")))).hasSize(30);
  }

  @Test
  default void moveChangesRowAndBothCountsOnce() {
    String owner = someId();
    get(listing().add(owner, entry(10, "7"), UUID.randomUUID()));
    get(listing().add(owner, entry(11, "7"), UUID.randomUUID()));
    UUID step = UUID.randomUUID();
    get(listing().move(owner, "10", "8", step));
    assertThat(get(listing().counts(owner))).isEqualTo(Map.of("7", 1, "8", 1));
    get(listing().move(owner, "10", "7", UUID.randomUUID()));
    get(listing().move(owner, "10", "8", step));
    assertThat(get(listing().counts(owner))).isEqualTo(Map.of("7", 2));
    assertThat(get(listing().page(owner, "", 10))).containsExactly(entry(11, "7"), entry(10, "7"));
  }

  @Test
  default void movingWhatIsNotListedListsNothing() {
    String owner = someId();
    get(listing().move(owner, "10", "8", UUID.randomUUID()));
    assertThat(walk(owner, 10)).isEmpty();
    assertThat(get(listing().counts(owner))).isEmpty();
  }

  @Test
  default void ownersDoNotSeeEachOther() {
    String one = someId();
    String other = someId();
    get(listing().add(one, entry(10, "7"), UUID.randomUUID()));
    assertThat(walk(other, 10)).isEmpty();
  }

  @Test
  default void keepsKindAndOrigin() {
    String owner = someId();
    Entry carousel = new Entry("12", "7", CreativeType.CREATIVE_TYPE_CAROUSEL, true);
    get(listing().add(owner, carousel, UUID.randomUUID()));
    assertThat(get(listing().page(owner, "", 1))).containsExactly(carousel);
  }

  @Test
  default void walksManyPagesExactlyOnce() {
    String owner = someId();
    for (long pin = 1; pin <= 60; pin++) {
      get(listing().add(owner, entry(pin, "7"), UUID.randomUUID()));
    }
    List<String> all =
        LongStream.rangeClosed(1, 60).mapToObj(pin -> Long.toString(61 - pin)).toList();
    for (int size : new int[] {1, 7, 60, 250}) assertThat(walk(owner, size)).isEqualTo(all);
  }

  private List<String> found(String owner, String board, String... words) {
    return get(listing().search(owner, "", 100, board, List.of(words))).stream()
        .map(Entry::pinId)
        .toList();
  }

  private void add(String owner, long pin, String board, String... words) {
    Entry entry =
        new Entry(
            Long.toString(pin), board, CreativeType.CREATIVE_TYPE_REGULAR, false, Set.of(words));
    get(listing().add(owner, entry, UUID.randomUUID()));
  }

  @Test
  default void findsByAllWordsNewestFirst() {
    String owner = someId();
    for (long pin = 1; pin <= 12; pin++) {
      add(owner, pin, pin % 3 == 0 ? "8" : "7", "all", pin % 2 == 0 ? "even" : "odd");
    }
    add(someId(), 13, "7", "all", "even");
    assertThat(found(owner, "", "all", "even")).containsExactly("12", "10", "8", "6", "4", "2");
    assertThat(found(owner, "8", "even")).containsExactly("12", "6");
    assertThat(found(owner, "8")).containsExactly("12", "9", "6", "3");
    assertThat(found(owner, "", "even", "odd")).isEmpty();
    assertThat(get(listing().search(owner, "8", 2, "", List.of("even"))))
        .extracting(Entry::pinId)
        .containsExactly("6", "4");
  }

  @Test
  default void findsByWordsThatCameLaterAndOnTheBoardItIsOn() {
    String owner = someId();
    add(owner, 10, "7", "first");
    get(listing().describe(owner, "10", Set.of("second")));
    get(listing().describe(owner, "11", Set.of("second")));
    assertThat(found(owner, "", "first", "second")).containsExactly("10");
    get(listing().move(owner, "10", "8", UUID.randomUUID()));
    assertThat(found(owner, "7", "second")).isEmpty();
    assertThat(found(owner, "8", "second")).containsExactly("10");
    get(listing().remove(owner, "10"));
    assertThat(found(owner, "", "second")).isEmpty();
  }
}
