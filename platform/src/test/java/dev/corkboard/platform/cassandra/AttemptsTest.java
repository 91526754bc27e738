// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Context;
import io.grpc.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private final AtomicInteger count = new AtomicInteger();

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static ApiException failure(CompletionStage<?> stage) {
    return ApiException.from(catchThrowable(() -> await(stage)));
  }

  private CompletionStage<Optional<String>> winAt(int attempt) {
    return CompletableFuture.completedStage(
        count.incrementAndGet() == attempt ? Optional.of("won") : Optional.empty());
  }

  @Test
  void lostRacesAreRunAgain() {
    assertThat(await(Attempts.until(() -> winAt(4)))).isEqualTo("won");
    assertThat(count).hasValue(4);
  }

  @Test
  void whoNeverWinsIsTold() {
    assertThat(failure(Attempts.until(() -> winAt(1_000))).reason())
        .isEqualTo(ErrorReason.ERROR_REASON_CONTENTION);
    assertThat(count).hasValue(12);
  }

  @Test
  void failuresAreNotRunAgain() {
    ApiException denied = ApiException.permissionDenied("no");

    assertThat(
            failure(
                Attempts.until(
                    () -> {
                      count.incrementAndGet();
                      return CompletableFuture.failedStage(denied);
                    })))
        .isSameAs(denied);
    assertThat(count).hasValue(1);
  }

  @Test
  void deadlineOfTheCallEndsTheAttempts() throws Exception {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    Context expired = Context.current().withDeadline(Deadline.after(-1, TimeUnit.SECONDS), timer);
    try {
      CompletionStage<String> ended = expired.call(() -> Attempts.until(() -> winAt(3)));
      assertThat(failure(ended).reason()).isEqualTo(ErrorReason.ERROR_REASON_CONTENTION);
      assertThat(count).hasValue(1);
    } finally {
      timer.shutdownNow();
    }
  }
}
