// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpanQueueTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  private double spans(String outcome) {
    return metrics.get("corkboard.trace.spans").tag("outcome", outcome).counter().count();
  }

  private static final class Stuck implements SpanExporter {
    private final CompletableResultCode never = new CompletableResultCode();

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return never;
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  @Test
  void anExporterThatIsStuckCostsSpansAndHoldsNobodyUp() {
    Stuck stuck = new Stuck();
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(new SpanQueue(stuck, 8, metrics)).build()) {
      for (int i = 0; i < 20; i++) provider.get("test").spanBuilder("span").startSpan().end();
      assertThat(spans("dropped")).isEqualTo(12);
      assertThat(metrics.get("corkboard.trace.queued").gauge().value()).isEqualTo(8);
      stuck.never.fail();
      Awaitility.await().untilAsserted(() -> assertThat(spans("failed")).isEqualTo(8));
      assertThat(metrics.get("corkboard.trace.queued").gauge().value()).isZero();
    }
  }

  @Test
  void filesAreOtlpByLinesAndNeverMoreThanThree(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("traces/test.jsonl");
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(new SpanQueue(new FileSpanExporter(file, 500), 8, metrics))
            .build()) {
      for (int i = 0; i < 6; i++) {
        provider.get("test").spanBuilder("span-" + i).startSpan().end();
        double written = i + 1.0;
        Awaitility.await().until(() -> spans("exported") == written);
      }
    }
    assertThat(spans("exported")).isEqualTo(6);
    try (var files = Files.list(file.getParent())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("test.jsonl", "test.jsonl.1", "test.jsonl.2");
    }
    assertThat(Files.readAllLines(file).get(0)).startsWith("{\"resourceSpans\":").contains("span-");
    assertThat(Files.readString(file)).contains("\"name\":\"span-5\"");
  }
}
