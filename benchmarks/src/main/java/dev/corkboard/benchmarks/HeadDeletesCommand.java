// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks;

import dev.corkboard.placement.LargeBoard;
import dev.corkboard.platform.cassandra.Cql;
import dev.corkboard.platform.error.ApiException;
import io.grpc.Status.Code;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes at the head of a large board while its first page is read and Pins are added. */
@Command(name = "head-deletes", mixinStandardHelpOptions = true)
final class HeadDeletesCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(HeadDeletesCommand.class);
  private static final int CONTROL_PINS = 1_000;
  private static final int DELETES_PER_ADD = 100;

  @Option(names = "--pins", defaultValue = "200000")
  private int pins;

  @Option(names = "--deletes", defaultValue = "120000")
  private int deletes;

  @Option(names = "--writers", defaultValue = "4")
  private int writers;

  @Option(names = "--page-size", defaultValue = "25")
  private int pageSize;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger again = new AtomicInteger();
  private final AtomicInteger failedReads = new AtomicInteger();
  private final Times firstPage = new Times();
  private final Times control = new Times();
  private final Times rebuilds = new Times();

  @Override
  public Integer call() {
    try (CassandraUnderTest store = CassandraUnderTest.open("bench_board", "/board.cql")) {
      return measure(store.cql());
    }
  }

  private int measure(Cql cql) {
    LargeBoard untouched = new LargeBoard(cql, CONTROL_PINS);
    LargeBoard board = new LargeBoard(cql, pins);
    List<Long> doomed = board.acknowledged().subList(0, deletes);
    for (int i = 0; i < 300; i++) {
      board.firstPage(pageSize);
      untouched.firstPage(pageSize);
    }
    long begin = System.nanoTime();
    ExecutorService threads = Executors.newCachedThreadPool();
    CompletableFuture<?> reading =
        CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> read(board, untouched), threads),
            CompletableFuture.runAsync(() -> watch(board), threads));
    CompletableFuture<?>[] writing = new CompletableFuture<?>[writers];
    for (int i = 0; i < writers; i++) {
      writing[i] = CompletableFuture.runAsync(() -> write(board, doomed), threads);
    }
    CompletableFuture.allOf(writing).join();
    over.set(true);
    reading.join();
    threads.shutdown();
    double seconds = (System.nanoTime() - begin) / 1e9;
    log.info("{} deletes in {} s, repeated {}", deletes, "%.1f".formatted(seconds), again);
    log.info("first page: {}; failed reads {} (bar: p99 20 ms, 0)", firstPage, failedReads);
    log.info(
        "first page of an untouched board: {}; ratio of p99 {}",
        control,
        "%.2f".formatted(firstPage.millis(0.99) / control.millis(0.99)));
    log.info("rebuilds ended: {}, each: {}; now {}", rebuilds.size(), rebuilds, board.state());
    Oracle oracle = Oracle.of(board);
    log.info("{}", oracle);
    boolean held = firstPage.millis(0.99) < 20 && failedReads.get() == 0 && oracle.isWhole();
    return held ? 0 : 1;
  }

  private void read(LargeBoard board, LargeBoard untouched) {
    while (!over.get()) {
      timed(firstPage, board);
      timed(control, untouched);
    }
  }

  private void timed(Times times, LargeBoard board) {
    long begin = System.nanoTime();
    try {
      board.firstPage(pageSize);
    } catch (CompletionException e) {
      failedReads.incrementAndGet();
    }
    times.add(System.nanoTime() - begin);
  }

  /** Notices when a rebuild begins and ends. */
  private void watch(LargeBoard board) {
    long began = System.nanoTime();
    boolean rebuilding = false;
    int reported = 0;
    while (!over.get()) {
      LargeBoard.State state = board.state();
      if (state.rebuilding() && !rebuilding) began = System.nanoTime();
      if (!state.rebuilding() && rebuilding) rebuilds.add(System.nanoTime() - began);
      rebuilding = state.rebuilding();
      if (next.get() / 10_000 > reported) {
        reported = next.get() / 10_000;
        log.info("{} deletes begun: {}; first page {}", next, state, firstPage);
      }
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS))
          .join();
    }
  }

  private void write(LargeBoard board, List<Long> doomed) {
    for (int i = next.getAndIncrement(); i < doomed.size(); i = next.getAndIncrement()) {
      long pin = doomed.get(i);
      untilDone(() -> board.remove(pin));
      if (i % DELETES_PER_ADD == DELETES_PER_ADD - 1) untilDone(board::add);
    }
  }

  /** A write that lost every race was not made, and is made again. */
  private void untilDone(Supplier<CompletionStage<?>> write) {
    while (true) {
      try {
        write.get().toCompletableFuture().join();
        return;
      } catch (CompletionException e) {
        if (ApiException.from(e).code() != Code.ABORTED) throw e;
        again.incrementAndGet();
      }
    }
  }
}
