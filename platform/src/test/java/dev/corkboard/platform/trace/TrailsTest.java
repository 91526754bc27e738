// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.corkboard.platform.server.Caller;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrailsTest {
  private static final Trail ONE = new UntracedTrail("one");
  private static final Trail TWO = new UntracedTrail("two");

  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    other.shutdownNow();
    assertThat(Trails.current().requestId()).isEmpty();
  }

  private static <T> T on(Trail trail, java.util.function.Supplier<T> work) {
    Trail before = Trails.enter(trail);
    try {
      return work.get();
    } finally {
      Trails.leave(before);
    }
  }

  @Test
  void whatFollowsAFutureWorksOnTheTrailOfWhoFollowedIt() throws Exception {
    CompletableFuture<String> shared = new CompletableFuture<>();
    CompletableFuture<String> one =
        on(ONE, () -> Trails.follow(shared)).thenApply(v -> v + Trails.current().requestId());
    CompletableFuture<String> two =
        on(TWO, () -> Trails.follow(shared)).thenApply(v -> v + Trails.current().requestId());
    CompletableFuture<String> nobody =
        Trails.follow(shared).thenApply(v -> v + Trails.current().requestId());
    other.submit(() -> on(TWO, () -> shared.complete("for "))).get();
    assertThat(one.get()).isEqualTo("for one");
    assertThat(two.get()).isEqualTo("for two");
    assertThat(nobody.get()).isEqualTo("for ");
    assertThat(other.submit(() -> Trails.current().requestId()).get()).isEmpty();
  }

  @Test
  void failuresAreFollowedToo() {
    CompletableFuture<String> broken = new CompletableFuture<>();
    CompletableFuture<String> seen =
        on(ONE, () -> Trails.follow(broken)).exceptionally(e -> Trails.current().requestId());
    broken.completeExceptionally(new IllegalStateException());
    assertThat(seen).isCompletedWithValue("one");
  }

  @Test
  void aTaskCarriesTheTrailAndLeavesTheThreadAsItWas() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Runnable task = on(ONE, () -> Trails.carry(() -> seen.complete(Trails.current().requestId())));
    other.submit(task).get();
    assertThat(seen).isCompletedWithValue("one");
    assertThat(other.submit(() -> Trails.current().requestId()).get()).isEmpty();
  }

  @Test
  void aCallerIsATrail() throws InterruptedException, ExecutionException {
    io.grpc.Context call = Caller.anonymous("of-a-call").attachTo(io.grpc.Context.ROOT);
    CompletableFuture<Void> source = new CompletableFuture<>();
    CompletableFuture<CompletableFuture<String>> followed = new CompletableFuture<>();
    call.run(
        () ->
            followed.complete(
                Trails.follow(source).thenApply(done -> Trails.current().requestId())));
    other.submit(() -> source.complete(null)).get();
    assertThat(followed.get().get()).isEqualTo("of-a-call");
  }

  @Test
  void withoutTracingNothingIsAllocatedForSpans() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    boolean recording = work(1_000);
    long before = threads.getThreadAllocatedBytes(thread);
    recording |= work(10_000);
    long perCall = (threads.getThreadAllocatedBytes(thread) - before) / 10_000;
    assertThat(recording).isFalse();
    assertThat(perCall).isZero();
  }

  private static boolean work(int times) {
    boolean recording = false;
    for (int i = 0; i < times; i++) {
      Trail before = Trails.enter(ONE);
      recording |= Trails.current().call("SELECT pin").isRecording();
      recording |= Trails.current().span().getSpanContext().isValid();
      Trails.leave(before);
    }
    return recording;
  }
}
