// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.redis;

import dev.corkboard.platform.schedule.Stages;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What one cache counts, tagged {@code cache}. */
final class CacheMetrics {

  private final MeterRegistry meters;
  private final String cache;
  final Counter hits;
  final Counter misses;
  final Counter bypasses;
  final Counter fillsStored;
  final Counter fillsRefused;
  final Counter guardFailures;
  final Counter releaseFailures;
  final Counter readErrors;
  final Counter leaseErrors;
  final Counter fillErrors;
  final Counter decodeErrors;
  final Counter outcomesUnknown;
  final Counter waitsOut;
  final Counter overflows;
  private final Timer loads;

  CacheMetrics(MeterRegistry meters, String cache) {
    this.meters = meters;
    this.cache = cache;
    hits = counter("cache.gets", "result", "hit");
    misses = counter("cache.gets", "result", "miss");
    bypasses = counter("cache.gets", "result", "bypass");
    fillsStored = counter("cache.fills", "result", "stored");
    fillsRefused = counter("cache.fills", "result", "refused");
    guardFailures = counter("cache.write.failures", "step", "guard");
    releaseFailures = counter("cache.write.failures", "step", "release");
    readErrors = counter("cache.errors", "step", "get");
    leaseErrors = counter("cache.errors", "step", "lease");
    fillErrors = counter("cache.errors", "step", "fill");
    decodeErrors = counter("cache.errors", "step", "decode");
    outcomesUnknown = counter("cache.commits", "outcome", "unknown");
    waitsOut = counter("cache.commits", "outcome", "waited");
    overflows = counter("cache.remembered.overflows", "reason", "full");
    loads =
        Timer.builder("cache.load")
            .description("Loads from the store behind the cache")
            .tag("cache", cache)
            .register(meters);
  }

  <T> CompletionStage<T> timeLoad(Supplier<? extends CompletionStage<T>> load) {
    long start = System.nanoTime();
    return Stages.call(load)
        .whenComplete((v, e) -> loads.record(System.nanoTime() - start, TimeUnit.NANOSECONDS));
  }

  void remembered(Supplier<Number> keys) {
    Gauge.builder("cache.remembered", keys)
        .description("Keys written while Redis was out of reach, still to be deleted there")
        .tag("cache", cache)
        .register(meters);
  }

  private Counter counter(String name, String tag, String value) {
    return Counter.builder(name).tag("cache", cache).tag(tag, value).register(meters);
  }
}
