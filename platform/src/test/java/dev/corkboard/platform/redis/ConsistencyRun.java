// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import com.google.protobuf.Int64Value;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Random reads and writes of a few ids by several processes over one store of versions, each read
 * checked against a version it must not be older than.
 */
final class ConsistencyRun implements AutoCloseable {

  /** What a read must have seen. */
  enum Floor {
    /** Every version the store held when the read began. */
    COMMITTED,
    /** Every version whose write was answered, in any process, before the read began. */
    ANSWERED,
    /** Every version whose write was answered in the reader's own process. */
    ANSWERED_HERE
  }

  private record Member(
      RedisCache<Int64Value> cache,
      UnreliableProtocol link,
      SimpleMeterRegistry meters,
      Map<String, Long> answered) {}

  private static final List<String> IDS = List.of("1", "2", "3");

  final RandomDelays delays;
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger writes = new AtomicInteger();
  final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final Floor floor;
  private final List<Member> processes = new ArrayList<>();
  private final Map<String, Long> committed = new ConcurrentHashMap<>();
  private final Map<String, Long> answered = new ConcurrentHashMap<>();

  ConsistencyRun(
      long seed,
      Floor floor,
      List<RedisConnection> connections,
      CacheOptions options,
      UnaryOperator<CacheProtocol> protocol) {
    this.floor = floor;
    delays = new RandomDelays(seed);
    for (RedisConnection redis : connections) {
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      UnreliableProtocol link =
          new UnreliableProtocol(protocol.apply(new LuaCacheProtocol(redis, options)), delays);
      processes.add(
          new Member(
              new RedisCache<>(
                  link, CacheTimer.of(redis), options, Int64Value.parser(), meters, 1_000),
              link,
              meters,
              new ConcurrentHashMap<>()));
    }
  }

  void lose(int percent) {
    processes.forEach(process -> process.link().lose(percent));
  }

  /** Runs so many clients with so many operations each, one after another. */
  void run(int clients, int operations) {
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      running.add(client(operations).toCompletableFuture());
    }
    CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
  }

  private CompletionStage<Void> client(int operations) {
    if (operations == 0) {
      return CompletableFuture.completedFuture(null);
    }
    Member process = processes.get(delays.below(processes.size()));
    String id = IDS.get(delays.below(IDS.size()));
    int dice = delays.below(100);
    CompletionStage<?> done =
        dice < 20 ? write(process, id) : dice < 35 ? readAll(process) : read(process, id);
    return done.thenCompose(x -> client(operations - 1));
  }

  private CompletionStage<?> write(Member process, String id) {
    writes.incrementAndGet();
    boolean revoke = delays.below(4) == 0 && floor != Floor.ANSWERED_HERE;
    CompletionStage<Long> write =
        revoke
            ? process.cache().revoke(List.of(id), () -> commit(id))
            : process.cache().write(List.of(id), () -> commit(id));
    return write.thenAccept(
        version -> {
          answered.merge(id, version, Math::max);
          process.answered().merge(id, version, Math::max);
        });
  }

  private CompletionStage<Long> commit(String id) {
    return delays
        .later(() -> CompletableFuture.completedFuture(committed.merge(id, 1L, Long::sum)))
        .thenCompose(version -> delays.later(() -> CompletableFuture.completedFuture(version)));
  }

  private CompletionStage<?> read(Member process, String id) {
    reads.incrementAndGet();
    long least = least(process, id);
    return process
        .cache()
        .get(id, () -> loadAll(List.of(id)).thenApply(found -> Optional.ofNullable(found.get(id))))
        .thenAccept(value -> check("get", id, least, value.map(Int64Value::getValue).orElse(0L)));
  }

  private CompletionStage<?> readAll(Member process) {
    reads.incrementAndGet();
    Map<String, Long> least = new LinkedHashMap<>();
    IDS.forEach(id -> least.put(id, least(process, id)));
    return process
        .cache()
        .getAll(IDS, this::loadAll)
        .thenAccept(
            found ->
                least.forEach(
                    (id, version) ->
                        check(
                            "getAll",
                            id,
                            version,
                            found.getOrDefault(id, Int64Value.of(0)).getValue())));
  }

  private CompletionStage<Map<String, Int64Value>> loadAll(Collection<String> ids) {
    return delays
        .later(
            () -> {
              Map<String, Int64Value> found = new LinkedHashMap<>();
              for (String id : ids) {
                Long version = committed.get(id);
                if (version != null) {
                  found.put(id, Int64Value.of(version));
                }
              }
              return CompletableFuture.completedFuture(found);
            })
        .thenCompose(found -> delays.later(() -> CompletableFuture.completedFuture(found)));
  }

  private long least(Member process, String id) {
    Map<String, Long> versions =
        switch (floor) {
          case COMMITTED -> committed;
          case ANSWERED -> answered;
          case ANSWERED_HERE -> process.answered();
        };
    return versions.getOrDefault(id, 0L);
  }

  private void check(String how, String id, long least, long seen) {
    if (seen < least) {
      violations.add(how + " of " + id + " saw " + seen + ", expected at least " + least);
    }
  }

  boolean nothingRemembered() {
    return processes.stream()
        .allMatch(process -> process.meters().get("cache.remembered").gauge().value() == 0);
  }

  double sum(String counter, String tag, String value) {
    return processes.stream()
        .mapToDouble(process -> process.meters().get(counter).tag(tag, value).counter().count())
        .sum();
  }

  /** What every process reads of every id, with the newest version beside it. */
  void checkAllCurrent() {
    for (Member process : processes) {
      for (String id : IDS) {
        long newest = committed.getOrDefault(id, 0L);
        process
            .cache()
            .get(
                id,
                () -> loadAll(List.of(id)).thenApply(found -> Optional.ofNullable(found.get(id))))
            .thenAccept(
                value -> check("last get", id, newest, value.map(Int64Value::getValue).orElse(0L)))
            .toCompletableFuture()
            .join();
      }
    }
  }

  @Override
  public void close() {
    delays.close();
  }
}
