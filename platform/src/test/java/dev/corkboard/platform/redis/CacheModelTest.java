// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Model checking of the cache: linearizable, whoever dies when. */
class CacheModelTest {
  private static final int SCENARIOS = Integer.getInteger("corkboard.cache.scenarios", 30);
  private static final int INTERLEAVINGS = Integer.getInteger("corkboard.cache.interleavings", 200);

  private static ModelCheckingOptions options(Class<?> specification) {
    return new ModelCheckingOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(INTERLEAVINGS)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(1)
        .actorsAfter(2)
        .minimizeFailedScenario(false)
        .sequentialSpecification(specification)
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(
                    InMemoryProtocol.class.getName(), "com.google.common.primitives.Longs")
                .allMethods()
                .treatAsAtomic());
  }

  /** The cache as it is. */
  public static final class Ours extends CacheModel {
    public Ours() {
      super(UnaryOperator.identity());
    }
  }

  @Test
  void readsAndWritesAreLinearizableWhoeverDies() {
    options(CacheModel.Register.class).check(Ours.class);
  }

  /** Without guards: write, then delete. */
  public static final class Unguarded extends CacheModel {
    public Unguarded() {
      super(BrokenProtocols.Unguarded::new);
    }
  }

  /** Without leases. */
  public static final class Unleased extends CacheModel {
    public Unleased() {
      super(BrokenProtocols.Unleased::new);
    }
  }

  /** Write, then set: what most caches do. */
  public static final class WriteThenSet {
    private final AtomicLong store = new AtomicLong();
    private final AtomicReference<Long> cached = new AtomicReference<>();

    @Operation
    public long read() {
      Long hit = cached.get();
      if (hit != null) return hit;
      long loaded = store.get();
      cached.set(loaded);
      return loaded;
    }

    @Operation
    public long write() {
      long version = store.incrementAndGet();
      cached.set(version);
      return version;
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Unguarded.class, Unleased.class, WriteThenSet.class})
  void aCacheThatLeavesARuleOutIsRefused(Class<?> cache) {
    assertThatThrownBy(() -> options(CacheModel.Register.class).check(cache))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("Invalid execution results");
  }

  /** A cache in front of a Redis that forgets everything at any time. */
  public abstract static class Forgetful {
    private final CacheModel cache;
    private final AtomicLong answered = new AtomicLong();

    Forgetful(CacheModel cache) {
      this.cache = cache;
    }

    @Operation
    public void write() {
      answered.accumulateAndGet(cache.write(), Math::max);
    }

    /** Whether nothing older is read than the writes answered before. */
    @Operation
    public boolean isFresh() {
      long floor = answered.get();
      return cache.read() >= floor;
    }

    @Operation
    public void forgetEverything() {
      cache.forgetEverything();
    }
  }

  /** The cache as it is, so. */
  public static final class ForgetfulOurs extends Forgetful {
    public ForgetfulOurs() {
      super(new Ours());
    }
  }

  /** Without leases, so. */
  public static final class ForgetfulUnleased extends Forgetful {
    public ForgetfulUnleased() {
      super(new Unleased());
    }
  }

  /** What it must look like. */
  public static final class Fresh {
    public void write() {}

    public boolean isFresh() {
      return true;
    }

    public void forgetEverything() {}
  }

  @Test
  void whatWasAnsweredIsReadThoughRedisForgetsEverything() {
    options(Fresh.class).check(ForgetfulOurs.class);
    assertThatThrownBy(() -> options(Fresh.class).check(ForgetfulUnleased.class))
        .isInstanceOf(LincheckAssertionError.class)
        .hasMessageContaining("Invalid execution results");
  }
}
