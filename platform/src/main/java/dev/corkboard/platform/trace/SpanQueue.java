// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ended spans on their way out, a bounded number; one too many is dropped and counted, so that a
 * request never waits for whoever takes them.
 */
final class SpanQueue implements SpanProcessor {
  private static final int BATCH = 512;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration EXPORT_LIMIT = Duration.ofSeconds(5);

  private final int limit;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Counter exported;
  private final Counter failed;
  private final Counter dropped;
  private final BatchSpanProcessor batches;

  SpanQueue(SpanExporter exporter, int limit, MeterRegistry metrics) {
    this.limit = limit;
    exported = counter("exported", metrics);
    failed = counter("failed", metrics);
    dropped = counter("dropped", metrics);
    Gauge.builder("corkboard.trace.queued", waiting, AtomicInteger::get)
        .description("Ended spans that wait for the exporter.")
        .register(metrics);
    batches =
        BatchSpanProcessor.builder(new Counted(exporter))
            .setMaxQueueSize(2 * limit)
            .setMaxExportBatchSize(Math.min(BATCH, limit))
            .setScheduleDelay(PAUSE)
            .setExporterTimeout(EXPORT_LIMIT)
            .build();
  }

  private static Counter counter(String outcome, MeterRegistry metrics) {
    return Counter.builder("corkboard.trace.spans")
        .description("Spans of recorded requests, by what became of them.")
        .tag("outcome", outcome)
        .register(metrics);
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (!span.getSpanContext().isSampled()) return;
    if (waiting.incrementAndGet() > limit) {
      waiting.decrementAndGet();
      dropped.increment();
    } else {
      batches.onEnd(span);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode forceFlush() {
    return batches.forceFlush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return batches.shutdown();
  }

  private final class Counted implements SpanExporter {
    private final SpanExporter exporter;

    Counted(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      int number = spans.size();
      CompletableResultCode result = exporter.export(spans);
      return result.whenComplete(
          () -> {
            waiting.addAndGet(-number);
            (result.isSuccess() ? exported : failed).increment(number);
          });
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
