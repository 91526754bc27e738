// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.collage.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenderExecutorTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final RenderExecutor executor = new RenderExecutor(1, 2, metrics);

  @AfterEach
  void close() {
    executor.close();
  }

  private static ErrorReason reason(CompletionStage<?> stage) {
    return ApiException.from(catchThrowable(() -> stage.toCompletableFuture().join())).reason();
  }

  @Test
  void oneMoreThanMayWaitIsRefused() {
    CountDownLatch gate = new CountDownLatch(1);
    List<CompletionStage<String>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(
          executor.submit(
              Context.ROOT,
              () -> {
                gate.await();
                return Thread.currentThread().getName();
              }));
    }
    assertThat(metrics.get("corkboard.executor.queued").tag("name", "rendering").gauge().value())
        .isEqualTo(2);
    assertThat(reason(executor.submit(Context.ROOT, () -> 1)))
        .isEqualTo(ErrorReason.ERROR_REASON_OVERLOADED);
    gate.countDown();
    for (CompletionStage<String> one : waiting) {
      assertThat(one.toCompletableFuture().join()).isEqualTo("rendering-1");
    }
    assertThat(executor.submit(Context.ROOT, () -> 1).toCompletableFuture().join()).isEqualTo(1);
  }

  @Test
  void failuresAreAnswers() {
    ApiException refused = ApiException.invalid("size", "too large");
    assertThat(
            reason(
                executor.submit(
                    Context.ROOT,
                    () -> {
                      throw refused;
                    })))
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    assertThat(
            reason(
                executor.submit(
                    Context.ROOT,
                    () -> {
                      throw new IOException("no picture");
                    })))
        .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    assertThat(
            reason(
                executor.submit(
                    Context.ROOT,
                    () -> {
                      throw new OutOfMemoryError();
                    })))
        .isEqualTo(ErrorReason.ERROR_REASON_OVERLOADED);
    assertThat(
            reason(
                executor.submit(
                    Context.ROOT,
                    () -> {
                      throw new IllegalStateException("a defect");
                    })))
        .isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
  }

  @Test
  void closedExecutorRefuses() {
    executor.close();
    assertThat(reason(executor.submit(Context.ROOT, () -> 1)))
        .isEqualTo(ErrorReason.ERROR_REASON_OVERLOADED);
  }

  @Test
  void thereIsAThreadForEachCore() {
    try (RenderExecutor cores = new RenderExecutor(1, new SimpleMeterRegistry())) {
      assertThat(cores.submit(Context.ROOT, () -> 1).toCompletableFuture().join()).isEqualTo(1);
    }
  }

  @Test
  void nothingIsDrawnForCallersWhoWaitNoLonger() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CompletionStage<?> before =
        executor.submit(
            Context.ROOT,
            () -> {
              gate.await();
              return 1;
            });
    Context.CancellableContext call = Context.current().withCancellation();
    List<String> drawn = new ArrayList<>();
    CompletionStage<?> abandoned = executor.submit(call, () -> drawn.add("drawn"));
    call.cancel(null);
    gate.countDown();
    assertThat(reason(abandoned)).isEqualTo(ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED);
    assertThat(before.toCompletableFuture().join()).isEqualTo(1);
    assertThat(drawn).isEmpty();
  }

  @Test
  void aDrawingStopsBetweenLayersWhenItsCallerIsGone() throws Exception {
    Context.CancellableContext call = Context.current().withCancellation();
    List<String> read = new ArrayList<>();
    PictureSource pictures =
        image -> {
          read.add(image.getAssetKey());
          call.cancel(null);
          return Documents.pixels(1, 0xFF000000);
        };
    CompletionStage<?> abandoned =
        executor.submit(
            call, () -> new Renderer(pictures).draw(Goldens.layers(), new OutputSize(400, 420, 1)));
    assertThat(reason(abandoned)).isEqualTo(ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED);
    assertThat(read).hasSize(1);
  }
}
