// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedExecutorTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final BoundedExecutor executor = new BoundedExecutor("painting", 2, 3, metrics);

  @AfterEach
  void close() {
    executor.close();
  }

  private <T> CompletionStage<T> submit(Callable<T> task) {
    return executor.submit(task, "The brush is broken.");
  }

  private static ErrorReason reason(CompletionStage<?> stage) {
    return ApiException.from(catchThrowable(() -> stage.toCompletableFuture().join())).reason();
  }

  @Test
  void oneMoreThanMayWaitIsRefused() {
    CountDownLatch gate = new CountDownLatch(1);
    List<CompletionStage<String>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiting.add(
          submit(
              () -> {
                gate.await();
                return Thread.currentThread().getName();
              }));
    }
    assertThat(metrics.get("corkboard.executor.queued").tag("name", "painting").gauge().value())
        .isEqualTo(3);
    assertThat(reason(submit(() -> 1))).isEqualTo(ErrorReason.ERROR_REASON_OVERLOADED);
    gate.countDown();
    for (CompletionStage<String> one : waiting) {
      assertThat(one.toCompletableFuture().join()).startsWith("painting-");
    }
    assertThat(submit(() -> 1).toCompletableFuture().join()).isEqualTo(1);
  }

  @Test
  void failuresAreAnswers() {
    ApiException refused = ApiException.invalid("f", "m");
    assertThat(
            reason(
                submit(
                    () -> {
                      throw refused;
                    })))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(
            reason(
                submit(
                    () -> {
                      throw new IOException("disk full");
                    })))
        .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    assertThat(
            reason(
                submit(
                    () -> {
                      throw new OutOfMemoryError();
                    })))
        .isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
  }

  @Test
  void closedExecutorRefuses() {
    executor.close();
    assertThat(reason(submit(() -> 1))).isEqualTo(ErrorReason.ERROR_REASON_OVERLOADED);
  }
}
