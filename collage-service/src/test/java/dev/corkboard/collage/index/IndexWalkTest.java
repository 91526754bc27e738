// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.index.CollageIndex.Kind;
import dev.corkboard.collage.index.IndexWalk.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IndexWalkTest {
  private static final CollageIndex.Key KEY = new CollageIndex.Key(Kind.PIN, 1);
  private final CollageIndex index = new InMemoryCollageIndex();
  private final IndexWalk walk = new IndexWalk(index);

  private void add(long count) {
    LongStream.rangeClosed(1, count).forEach(id -> index.add(KEY, id));
  }

  private Page<Long> page(long before, int size, LongPredicate wanted) {
    return walk.<Long>page(
            KEY,
            before,
            size,
            id ->
                CompletableFuture.completedStage(
                    wanted.test(id) ? Optional.of(id) : Optional.empty()))
        .toCompletableFuture()
        .join();
  }

  private List<Page<Long>> pages(int size, LongPredicate wanted) {
    List<Page<Long>> pages = new ArrayList<>();
    Optional<Long> from = Optional.of(Long.MAX_VALUE);
    while (from.isPresent()) {
      pages.add(page(from.get(), size, wanted));
      from = pages.get(pages.size() - 1).next();
    }
    return pages;
  }

  private static List<Long> items(List<Page<Long>> pages) {
    return pages.stream().flatMap(page -> page.items().stream()).toList();
  }

  @Test
  void everythingWantedIsFoundOnceAndPagesAreFull() {
    add(260);
    LongPredicate wanted = id -> id % 3 == 0;
    for (int size : new int[] {1, 7, 25, 26, 86, 250}) {
      List<Page<Long>> pages = pages(size, wanted);
      assertThat(items(pages)).hasSize(86).doesNotHaveDuplicates().allMatch(wanted::test);
      assertThat(pages.subList(0, pages.size() - 1))
          .allSatisfy(page -> assertThat(page.items()).hasSize(size));
    }
  }

  @Test
  void anEmptyIndexIsOneEmptyPage() {
    assertThat(pages(5, id -> true)).containsExactly(new Page<>(List.of(), Optional.empty()));
  }

  @Test
  void theEndOfALastFullPageIsKnown() {
    add(10);
    assertThat(pages(10, id -> true)).hasSize(1);
    assertThat(pages(5, id -> true)).hasSize(2);
  }

  @Test
  void aPageLooksAtABoundedNumber() {
    add(2_500);
    List<Page<Long>> pages = pages(10, id -> id == 1);
    assertThat(items(pages)).containsExactly(1L);
    assertThat(pages).hasSize(3);
    assertThat(pages.get(0)).isEqualTo(new Page<>(List.of(), Optional.of(1_501L)));
  }
}
