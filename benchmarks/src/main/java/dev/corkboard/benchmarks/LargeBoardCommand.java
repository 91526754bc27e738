// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.benchmarks;

import dev.corkboard.placement.LargeBoard;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads the first, the middle and the last page of a large board. */
@Command(name = "large-board", mixinStandardHelpOptions = true)
final class LargeBoardCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(LargeBoardCommand.class);
  private static final int WRITES = 50;

  @Option(names = "--pins", defaultValue = "200000")
  private int pins;

  @Option(names = "--rounds", defaultValue = "1500")
  private int rounds;

  @Option(names = "--page-size", defaultValue = "25")
  private int pageSize;

  @Override
  public Integer call() {
    try (CassandraUnderTest store = CassandraUnderTest.open("bench_board", "/board.cql")) {
      return measure(new LargeBoard(store.cql(), pins - WRITES));
    }
  }

  private int measure(LargeBoard board) {
    for (int i = 0; i < WRITES; i++) board.add().toCompletableFuture().join();
    List<Long> order = board.acknowledged();
    long middleAfter = order.get(order.size() / 2);
    long lastAfter = order.get(order.size() - pageSize - 1);
    Times first = new Times();
    Times middle = new Times();
    Times last = new Times();
    for (int round = -rounds / 3; round < rounds; round++) {
      time(round, first, () -> board.firstPage(pageSize));
      time(round, middle, () -> board.pageAfter(middleAfter, pageSize));
      time(round, last, () -> board.pageAfter(lastAfter, pageSize));
    }
    double slowest = Math.max(first.median(), Math.max(middle.median(), last.median()));
    double ratio = slowest / Math.min(first.median(), Math.min(middle.median(), last.median()));
    Oracle oracle = Oracle.of(board);
    log.info("first page: {}", first);
    log.info("middle page: {}", middle);
    log.info("last page: {}", last);
    log.info("slowest median / fastest median: {} (bar: 1.20)", "%.3f".formatted(ratio));
    log.info("{}", oracle);
    return ratio <= 1.2 && oracle.isWhole() ? 0 : 1;
  }

  /** Rounds below 0 warm up. */
  private void time(int round, Times times, IntSupplier read) {
    long begin = System.nanoTime();
    int found = read.getAsInt();
    if (round >= 0) times.add(System.nanoTime() - begin);
    if (found != pageSize) throw new IllegalStateException("a page of " + found);
  }
}
