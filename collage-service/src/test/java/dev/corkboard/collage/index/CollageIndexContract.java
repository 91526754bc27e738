// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.collage.index.CollageIndex.Kind;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** What every index of collages does. */
interface CollageIndexContract {
  CollageIndex index();

  private static long some() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private List<Long> all(CollageIndex.Key key) {
    return get(index().find(key, Long.MAX_VALUE, 100));
  }

  @Test
  default void findsTheNewestFirstAndGoesOn() {
    CollageIndex.Key key = new CollageIndex.Key(Kind.OWNER, some());
    for (long id : List.of(5L, 7L, 6L, 5L)) get(index().add(key, id));
    assertThat(all(key)).containsExactly(7L, 6L, 5L);
    assertThat(get(index().find(key, 7, 1))).containsExactly(6L);
    assertThat(get(index().find(key, 5, 1))).isEmpty();
  }

  @Test
  default void kindsAndValuesAreApart() {
    long value = some();
    for (Kind kind : Kind.values())
      get(index().add(new CollageIndex.Key(kind, value), kind.code()));
    for (Kind kind : Kind.values()) {
      assertThat(all(new CollageIndex.Key(kind, value))).containsExactly((long) kind.code());
      assertThat(all(new CollageIndex.Key(kind, some()))).isEmpty();
    }
  }

  @Test
  default void anEntryIsRemovedAndMayBeAddedAgain() {
    CollageIndex.Key key = new CollageIndex.Key(Kind.PIN, some());
    get(index().add(key, 1));
    get(index().remove(key, 1));
    get(index().remove(key, 1));
    assertThat(all(key)).isEmpty();
    get(index().add(key, 1));
    assertThat(all(key)).containsExactly(1L);
  }
}
