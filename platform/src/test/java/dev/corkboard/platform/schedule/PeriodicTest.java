// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.schedule;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicTest {
  @Test
  void goesOnAfterFailuresOfEveryKind() {
    AtomicInteger rounds = new AtomicInteger();
    try (Periodic periodic =
        Periodic.start(
            "test",
            Duration.ofMillis(1),
            Duration.ofMinutes(1),
            () ->
                switch (rounds.incrementAndGet() % 3) {
                  case 0 -> throw new IllegalStateException("thrown");
                  case 1 -> CompletableFuture.failedStage(new IllegalStateException("failed"));
                  default -> CompletableFuture.completedStage(null);
                })) {
      await().until(() -> rounds.get() > 9);
    }
  }

  @Test
  void roundsNeverOverlap() throws InterruptedException {
    AtomicInteger rounds = new AtomicInteger();
    CompletableFuture<Void> slow = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    try (Periodic periodic =
        Periodic.start(
            "test",
            Duration.ofMillis(1),
            Duration.ofMinutes(1),
            () -> {
              rounds.incrementAndGet();
              begun.countDown();
              return slow;
            })) {
      begun.await();
      await().during(Duration.ofMillis(50)).until(() -> rounds.get() == 1);
      slow.complete(null);
      await().until(() -> rounds.get() > 1);
    }
  }

  @Test
  void roundThatNeverEndsHoldsUpNoOther() {
    AtomicInteger rounds = new AtomicInteger();
    try (Periodic periodic =
        Periodic.start(
            "test",
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            () -> {
              rounds.incrementAndGet();
              return new CompletableFuture<>();
            })) {
      await().until(() -> rounds.get() > 2);
    }
  }
}
