// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;

/** Looks at collages that an index names until a page is full. */
public final class IndexWalk {
  /** Entries that one page looks at: a page may be short where most are not what is looked for. */
  static final int MAX_LOOKS = 1_000;

  /** Collages that are looked at at once. */
  private static final int AT_ONCE = 25;

  private final CollageIndex index;

  public IndexWalk(CollageIndex index) {
    this.index = index;
  }

  /**
   * What was found.
   *
   * @param next where to go on; empty at the end
   */
  public record Page<T>(List<T> items, Optional<Long> next) {}

  /**
   * A page of what {@code look} finds, newest first.
   *
   * @param before only collages with a smaller id
   */
  public <T> CompletionStage<Page<T>> page(
      CollageIndex.Key key,
      long before,
      int size,
      LongFunction<CompletionStage<Optional<T>>> look) {
    return new Search<>(key, size, look).from(before);
  }

  private final class Search<T> {
    private final CollageIndex.Key key;
    private final int size;
    private final LongFunction<CompletionStage<Optional<T>>> look;
    private final List<T> items = new ArrayList<>();
    private int looks;

    Search(CollageIndex.Key key, int size, LongFunction<CompletionStage<Optional<T>>> look) {
      this.key = key;
      this.size = size;
      this.look = look;
    }

    CompletionStage<Page<T>> from(long before) {
      return index
          .find(key, before, AT_ONCE)
          .thenCompose(
              ids -> {
                List<CompletableFuture<Optional<T>>> found =
                    ids.stream().map(id -> look.apply(id).toCompletableFuture()).toList();
                return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new))
                    .thenCompose(all -> take(ids, found));
              });
    }

    private CompletionStage<Page<T>> take(
        List<Long> ids, List<CompletableFuture<Optional<T>>> found) {
      for (int i = 0; i < ids.size(); i++) {
        found.get(i).join().ifPresent(items::add);
        looks++;
        boolean last = i == ids.size() - 1 && ids.size() < AT_ONCE;
        if (items.size() == size || looks == MAX_LOOKS) {
          return last ? end(Optional.empty()) : end(Optional.of(ids.get(i)));
        }
      }
      return ids.size() < AT_ONCE ? end(Optional.empty()) : from(ids.get(ids.size() - 1));
    }

    private CompletionStage<Page<T>> end(Optional<Long> next) {
      return CompletableFuture.completedStage(new Page<>(items, next));
    }
  }
}
