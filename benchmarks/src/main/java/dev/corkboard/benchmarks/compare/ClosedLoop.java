// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks.compare;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Does something again and again, so many times at once; each of which ends on a later turn. */
final class ClosedLoop {
  private final Supplier<? extends CompletionStage<?>> work;
  private final Histogram times = Load.times();
  private final AtomicLong failed = new AtomicLong();
  private final long begin = System.nanoTime();
  private final long end;

  private ClosedLoop(Supplier<? extends CompletionStage<?>> work, Duration time) {
    this.work = work;
    this.end = begin + time.toNanos();
  }

  static Load run(int inFlight, Duration time, Supplier<? extends CompletionStage<?>> work) {
    ClosedLoop loop = new ClosedLoop(work, time);
    CompletableFuture<?>[] all = new CompletableFuture<?>[inFlight];
    for (int i = 0; i < inFlight; i++) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      all[i] = done;
      loop.again(done);
    }
    CompletableFuture.allOf(all).join();
    double seconds = (System.nanoTime() - loop.begin) / 1e9;
    return new Load(loop.times.getTotalCount(), loop.failed.get(), seconds, loop.times);
  }

  private void again(CompletableFuture<Void> done) {
    long sent = System.nanoTime();
    work.get()
        .whenComplete(
            (answer, failure) -> {
              long now = System.nanoTime();
              if (failure != null) failed.incrementAndGet();
              synchronized (times) {
                Load.record(times, now - sent);
              }
              if (now < end) {
                again(done);
              } else {
                done.complete(null);
              }
            });
  }
}
