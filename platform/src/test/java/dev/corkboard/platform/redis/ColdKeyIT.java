// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Int64Value;
import dev.corkboard.stores.TestStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A crowd of readers, in several processes, of a key that nobody has read yet. */
class ColdKeyIT {
  private static final Logger log = LoggerFactory.getLogger(ColdKeyIT.class);
  private static final int READERS = 5_000;
  private static final int PROCESSES = 3;
  private static final int THREADS = 20;
  private static final int KEYS = 20;

  @Test
  void aCrowdReachesTheStoreOnceAProcessAtMost() throws Exception {
    List<CacheRig> rigs = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int i = 0; i < PROCESSES; i++) rigs.add(new CacheRig(TestStores.redis()));
      CacheRig first = rigs.get(0);
      List<CacheProcess> processes =
          rigs.stream().map(rig -> new CacheProcess(rig.redis, first.options, rig.store)).toList();
      int most = 0;
      for (int key = 0; key < KEYS; key++) {
        String id = Integer.toString(key);
        for (CacheRig rig : rigs) rig.store.put(id, key);
        List<Integer> before = loads(rigs);
        assertThat(crowd(threads, processes, id))
            .hasSize(READERS)
            .containsOnly(Optional.of(Int64Value.of(key)));
        List<Integer> after = loads(rigs);
        for (int i = 0; i < PROCESSES; i++) most = Math.max(most, after.get(i) - before.get(i));
      }
      log.info(
          "readers {}, processes {}, cold keys {}: most loads of one key by one process {}",
          READERS,
          PROCESSES,
          KEYS,
          most);
      assertThat(most).isEqualTo(1);
    } finally {
      threads.shutdownNow();
      rigs.forEach(CacheRig::close);
    }
  }

  /** What each process has loaded so far; each has a store of its own, of the same content. */
  private static List<Integer> loads(List<CacheRig> rigs) {
    return rigs.stream().map(rig -> rig.store.loads()).toList();
  }

  /** Reads of as many readers as there are, spread over threads and processes, all at once. */
  private static List<Optional<Int64Value>> crowd(
      ExecutorService threads, List<CacheProcess> processes, String id) throws Exception {
    CyclicBarrier together = new CyclicBarrier(THREADS);
    Callable<List<CompletableFuture<Optional<Int64Value>>>> readers =
        () -> {
          together.await();
          List<CompletableFuture<Optional<Int64Value>>> reads = new ArrayList<>();
          for (int i = 0; i < READERS / THREADS; i++) {
            reads.add(processes.get(i % PROCESSES).get(id));
          }
          return reads;
        };
    List<Future<List<CompletableFuture<Optional<Int64Value>>>>> begun = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) begun.add(threads.submit(readers));
    List<Optional<Int64Value>> values = new ArrayList<>();
    for (var reads : begun) {
      for (var read : reads.get()) values.add(read.join());
    }
    return values;
  }
}
