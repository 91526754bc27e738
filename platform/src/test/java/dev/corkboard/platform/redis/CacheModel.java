// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import com.google.common.primitives.Longs;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * What {@link CacheReads} and {@link CacheWrites} do, step by step and without their futures, in
 * front of a store of one version: few enough steps for Lincheck to run them in every order. Each
 * step of the protocol is atomic, as a script in Redis is; every thread is a process.
 */
public abstract class CacheModel {
  private static final String ID = "1";
  private static final int ATTEMPTS = 3;

  private final InMemoryProtocol redis = new InMemoryProtocol();
  private final CacheProtocol protocol;
  private final AtomicLong store = new AtomicLong();
  private final AtomicLong tokens = new AtomicLong();
  private final Set<String> dead = ConcurrentHashMap.newKeySet();

  CacheModel(UnaryOperator<CacheProtocol> change) {
    protocol = change.apply(redis);
  }

  private String token() {
    return Long.toString(tokens.incrementAndGet());
  }

  private static <T> T now(CompletionStage<T> step) {
    return step.toCompletableFuture().join();
  }

  /** Reads the version through the cache. */
  @Operation
  public long read() {
    byte[] hit = now(protocol.get(List.of(ID))).get(0);
    if (hit != null) return Longs.fromByteArray(hit);
    long loaded = 0;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      String token = token();
      Lease lease = now(protocol.lease(ID, token));
      if (lease.kind() == Lease.Kind.HIT) return Longs.fromByteArray(lease.value());
      loaded = store.get();
      if (lease.kind() == Lease.Kind.GUARDED) return loaded;
      if (now(protocol.fill(ID, token, Longs.toByteArray(loaded), 1))) return loaded;
    }
    return loaded;
  }

  /** Writes the next version, and answers which it is. */
  @Operation
  public long write() {
    String token = token();
    now(protocol.guard(ID, token));
    long version = store.incrementAndGet();
    now(protocol.release(ID, token));
    return version;
  }

  /** Writes the next version in a process that dies before it releases its guard. */
  @Operation
  public long writerDies() {
    String token = token();
    now(protocol.guard(ID, token));
    long version = store.incrementAndGet();
    dead.add(token);
    return version;
  }

  /** A process dies between its guard and its commit. */
  @Operation
  public void writerDiesBeforeTheCommit() {
    String token = token();
    now(protocol.guard(ID, token));
    dead.add(token);
  }

  /** The deadline of the guards of dead processes; the living renew theirs before they commit. */
  @Operation
  public void expire() {
    redis.expireGuards(dead::contains);
  }

  /** A value goes for want of memory. */
  @Operation
  public void evict() {
    redis.evictValues();
  }

  /** Redis forgets everything, guards too. */
  void forgetEverything() {
    redis.forgetEverything();
  }

  /** A register with the same operations: what all of this must look like from outside. */
  public static final class Register {
    private long version;

    public long read() {
      return version;
    }

    public long write() {
      return ++version;
    }

    public long writerDies() {
      return ++version;
    }

    public void writerDiesBeforeTheCommit() {}

    public void expire() {}

    public void evict() {}
  }
}
