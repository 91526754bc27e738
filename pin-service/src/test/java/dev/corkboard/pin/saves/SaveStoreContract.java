// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.pin.saves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corkboard.pin.saves.SaveStore.Save;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link SaveStore} does. */
interface SaveStoreContract {
  LocalDate DAY = LocalDate.of(2026, 2, 28);

  SaveStore store();

  private static String someId() {
    return Long.toString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  default void countsByPinAndDay() {
    String owner = someId();
    String first = someId();
    String second = someId();
    for (int i = 0; i < 3; i++) get(store().count(new Save(owner, DAY, first, someId())));
    get(store().count(new Save(owner, DAY, second, someId())));
    get(store().count(new Save(owner, DAY.plusDays(1), first, someId())));
    get(store().count(new Save(someId(), DAY, first, someId())));
    assertThat(get(store().all(owner, DAY))).isEqualTo(Map.of(first, 3, second, 1));
    assertThat(get(store().of(owner, DAY, List.of(second, someId())))).isEqualTo(Map.of(second, 1));
    assertThat(get(store().total(owner, DAY))).isEqualTo(4);
    assertThat(get(store().total(owner, DAY.plusDays(1)))).isEqualTo(1);
    assertThat(get(store().total(owner, DAY.minusDays(1)))).isZero();
  }

  @Test
  default void aSaveCountsOnceAndIsTakenBackOnce() {
    Save save = new Save(someId(), DAY, someId(), someId());
    for (int i = 0; i < 3; i++) get(store().count(save));
    assertThat(get(store().total(save.ownerId(), DAY))).isEqualTo(1);
    for (int i = 0; i < 3; i++) get(store().discount(save));
    assertThat(get(store().total(save.ownerId(), DAY))).isZero();
    assertThat(get(store().all(save.ownerId(), DAY))).isEmpty();
  }

  @Test
  default void manyAtOnceAreAllCounted() {
    String owner = someId();
    String pin = someId();
    List<CompletableFuture<Void>> counting =
        IntStream.range(0, 8)
            .mapToObj(i -> store().count(new Save(owner, DAY, pin, someId())).toCompletableFuture())
            .toList();
    counting.forEach(CompletableFuture::join);
    assertThat(get(store().all(owner, DAY))).isEqualTo(Map.of(pin, 8));
    assertThat(get(store().total(owner, DAY))).isEqualTo(8);
  }

  @Test
  default void aCrowdIsCountedWhoseWritersAllMeet() {
    String owner = someId();
    List<String> pins = List.of(someId(), someId(), someId());
    List<Save> saves =
        IntStream.range(0, 200)
            .mapToObj(i -> new Save(owner, DAY, pins.get(i % 3), someId()))
            .toList();
    List<CompletableFuture<Void>> counting =
        saves.stream().map(save -> store().count(save).toCompletableFuture()).toList();
    counting.forEach(CompletableFuture::join);
    assertThat(get(store().total(owner, DAY))).isEqualTo(200);
    assertThat(get(store().all(owner, DAY)))
        .isEqualTo(Map.of(pins.get(0), 67, pins.get(1), 67, pins.get(2), 66));
    saves.stream()
        .map(save -> store().discount(save).toCompletableFuture())
        .toList()
        .forEach(CompletableFuture::join);
    assertThat(get(store().total(owner, DAY))).isZero();
    assertThat(get(store().all(owner, DAY))).isEmpty();
  }
}
