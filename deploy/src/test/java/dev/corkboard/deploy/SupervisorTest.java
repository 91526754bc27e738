// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corkboard.platform.server.Resources;
import dev.corkboard.stores.RunningProcess;
import dev.corkboard.stores.StartFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  @TempDir private Path folder;

  private final StringWriter said = new StringWriter();
  private final StopSignal stop = new StopSignal();
  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final List<FakeProcess> started = new CopyOnWriteArrayList<>();
  private final AtomicInteger failing = new AtomicInteger();
  private final Resources resources = new Resources();
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile boolean longPauses;
  private volatile boolean slowStarts;
  private Readiness readiness;
  private Supervisor supervisor;

  /** A child that runs until it is told otherwise. */
  private static final class FakeProcess implements RunningProcess {
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final long pid;

    FakeProcess(long pid) {
      this.pid = pid;
    }

    @Override
    public long pid() {
      return pid;
    }

    @Override
    public CompletableFuture<Integer> onExit() {
      return exit;
    }

    void die(int exitCode) {
      exit.complete(exitCode);
    }

    @Override
    public void close() {
      exit.complete(143);
    }
  }

  @BeforeEach
  void supervise() {
    readiness = new Readiness(folder.resolve("ready.json"));
    supervisor =
        new Supervisor(
            readiness, stop, new Progress(new PrintWriter(said)), nanos::get, this::pause);
    supervisor.start("redis", "Redis", this::child, resources);
  }

  @AfterEach
  void close() {
    resources.close();
    // The signal's owner is this thread.
    Thread.interrupted();
  }

  private void pause(Duration length) throws InterruptedException {
    pauses.add(length);
    if (longPauses) never.await();
  }

  private FakeProcess child() {
    if (failing.getAndDecrement() > 0) throw new StartFailedException("port in use");
    if (slowStarts) {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartFailedException("interrupted", e);
      }
    }
    FakeProcess process = new FakeProcess(100 + started.size());
    started.add(process);
    return process;
  }

  private void ready() {
    readiness.publish(
        new ReadyFile(
            "http://edge",
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of("redis", 100L)));
  }

  private long publishedPid() throws IOException {
    return new ObjectMapper()
        .readTree(folder.resolve("ready.json").toFile())
        .get("pids")
        .get("redis")
        .asLong();
  }

  private void dieAndComeBack(int times) {
    for (int i = 0; i < times; i++) {
      int before = started.size();
      started.get(before - 1).die(137);
      Awaitility.await().until(() -> started.size() == before + 1);
    }
  }

  @Test
  void deathBeforeTheSuiteIsReadyStopsEverything() {
    started.get(0).die(1);
    assertThat(stop.failure())
        .contains("Redis ended unexpectedly (exit code 1); stopping everything");
    assertThat(started).hasSize(1);
  }

  @Test
  void deadChildIsStartedAgainAndReadyJsonNamesIt() throws IOException {
    ready();
    dieAndComeBack(1);
    Awaitility.await().until(() -> publishedPid() == 101);
    assertThat(said.toString())
        .contains("Redis ended unexpectedly (exit code 137); starting it again in 1 s")
        .contains("Redis runs again (pid 101)");
    assertThat(stop.isSignalled()).isFalse();
  }

  @Test
  void pausesGrowUpToALimitAndThenItGivesUp() {
    ready();
    dieAndComeBack(Supervisor.RESTARTS);
    started.get(started.size() - 1).die(9);
    Awaitility.await().until(stop::isSignalled);
    assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    assertThat(stop.failure())
        .contains("Redis ended unexpectedly (exit code 9); stopping everything");
    assertThat(started).hasSize(1 + Supervisor.RESTARTS);
  }

  @Test
  void childThatStayedUpBeginsAnew() {
    ready();
    dieAndComeBack(4);
    nanos.addAndGet(Supervisor.LONG_ENOUGH.toNanos());
    dieAndComeBack(Supervisor.RESTARTS);
    assertThat(pauses.get(4)).isEqualTo(Duration.ofSeconds(1));
    assertThat(stop.isSignalled()).isFalse();
  }

  @Test
  void startThatFailsIsTriedAgainUntilItGivesUp() {
    ready();
    failing.set(2);
    dieAndComeBack(1);
    assertThat(pauses).hasSize(3);
    failing.set(Integer.MAX_VALUE);
    started.get(1).die(137);
    Awaitility.await().until(stop::isSignalled);
    assertThat(stop.failure())
        .contains("Redis could not be started again: port in use; stopping everything");
  }

  @Test
  void closingEndsTheChildAndStartsNoOther() {
    ready();
    dieAndComeBack(1);
    resources.close();
    assertThat(started.get(1).onExit()).isCompletedWithValue(143);
    assertThat(started).hasSize(2);
  }

  @Test
  void closingInAPauseStartsNoOther() {
    ready();
    longPauses = true;
    started.get(0).die(137);
    Awaitility.await().until(() -> !pauses.isEmpty());
    resources.close();
    assertThat(started).hasSize(1);
    assertThat(stop.isSignalled()).isFalse();
  }

  @Test
  void closingWhileItStartsEndsTheStart() {
    ready();
    slowStarts = true;
    started.get(0).die(137);
    Awaitility.await().until(() -> !pauses.isEmpty());
    resources.close();
    assertThat(started).hasSize(1);
    assertThat(stop.isSignalled()).isFalse();
  }

  @Test
  void readyJsonIsGoneForGoodOnceTheSuiteStops() {
    ready();
    readiness.close();
    readiness.moved("redis", 7);
    assertThat(folder.resolve("ready.json")).doesNotExist();
    assertThat(readiness.isReady()).isFalse();
  }
}
