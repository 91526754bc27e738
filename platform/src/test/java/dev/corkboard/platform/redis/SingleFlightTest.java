// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

  private final SingleFlight<String> flights = new SingleFlight<>();
  private final List<CompletableFuture<Dated<String>>> loads = new ArrayList<>();

  private CompletionStage<Dated<String>> load() {
    CompletableFuture<Dated<String>> started = new CompletableFuture<>();
    loads.add(started);
    return started;
  }

  private void land(int flight, String value, long asOf) {
    loads.get(flight).complete(new Dated<>(value, asOf));
  }

  @Test
  void readersWhoBeganBeforeTheResultsDateShareIt() {
    var first = flights.join("k", 1, this::load);
    var second = flights.join("k", 2, this::load);

    land(0, "v", 3);

    assertThat(first).isCompletedWithValue("v");
    assertThat(second).isCompletedWithValue("v");
    assertThat(loads).hasSize(1);
  }

  @Test
  void readersWhoBeganLaterShareTheNextFlight() {
    var first = flights.join("k", 1, this::load);
    var late = flights.join("k", 5, this::load);
    var later = flights.join("k", 6, this::load);

    land(0, "old", 2);
    assertThat(first).isCompletedWithValue("old");
    assertThat(late).isNotDone();
    assertThat(loads).hasSize(2);

    land(1, "new", 7);
    assertThat(late).isCompletedWithValue("new");
    assertThat(later).isCompletedWithValue("new");
    assertThat(loads).hasSize(2);
  }

  @Test
  void aReaderAsOldAsTheResultIsNotGivenIt() {
    flights.join("k", 1, this::load);
    var same = flights.join("k", 2, this::load);

    land(0, "old", 2);

    assertThat(same).isNotDone();
  }

  @Test
  void keysDoNotWaitForEachOther() {
    var one = flights.join("1", 1, this::load);
    var two = flights.join("2", 2, this::load);

    land(1, "two", 3);

    assertThat(two).isCompletedWithValue("two");
    assertThat(one).isNotDone();
  }

  @Test
  void aLandedFlightIsForgotten() {
    flights.join("k", 1, this::load);
    land(0, "v", 2);

    var next = flights.join("k", 3, this::load);

    assertThat(next).isNotDone();
    assertThat(loads).hasSize(2);
  }

  @Test
  void aFailureIsGivenToAllWhoWaitAndTheNextReaderLoadsAgain() {
    var first = flights.join("k", 1, this::load);
    var late = flights.join("k", 9, this::load);

    loads.get(0).completeExceptionally(new IllegalStateException("down"));

    for (var reader : List.of(first, late)) {
      assertThatThrownBy(reader::join).hasCauseInstanceOf(IllegalStateException.class);
    }
    flights.join("k", 10, this::load);
    assertThat(loads).hasSize(2);
  }

  @Test
  void aLoadThatThrowsOrReturnsNothingIsAFailureNotAStuckKey() {
    var thrown =
        flights.join(
            "k",
            1,
            () -> {
              throw new IllegalStateException("down");
            });
    var nothing = flights.join("k", 2, () -> null);

    assertThatThrownBy(thrown::join).hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(nothing::join).hasCauseInstanceOf(NullPointerException.class);
    flights.join("k", 3, this::load);
    assertThat(loads).hasSize(1);
  }
}
