// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The traces of one process: a span for each request it serves, each call it makes, each statement
 * and each command, of a share of requests. Spans name operations and statements, never values.
 *
 * <p>Switched off it adds nothing to servers and channels.
 */
public final class Tracing implements AutoCloseable {
  /** Traces nothing. */
  public static final Tracing OFF = new Tracing(null, null);

  private static final String SCOPE = "dev.corkboard";
  private static final int QUEUE = 4_096;
  private static final long FULL_FILE_BYTES = 32L << 20;
  private static final int MAX_TEXT = 4_096;
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private Tracing(SdkTracerProvider provider, Tracer tracer) {
    this.provider = provider;
    this.tracer = tracer;
  }

  /** For a process whose callers decide whether a request is recorded. */
  public static Tracing start(String service, TraceConfig config, MeterRegistry metrics) {
    Sampler share = new RandomShare(config.share());
    return start(service, config, Sampler.parentBased(share), metrics);
  }

  /**
   * For a process whose callers are strangers: they may say that a request is not to be recorded,
   * and of those that they want recorded the share is.
   */
  public static Tracing startAtEdge(String service, TraceConfig config, MeterRegistry metrics) {
    return start(service, config, edgeSampler(config.share()), metrics);
  }

  static Sampler edgeSampler(double share) {
    Sampler lot = new RandomShare(share);
    return Sampler.parentBasedBuilder(lot).setRemoteParentSampled(lot).build();
  }

  private static Tracing start(
      String service, TraceConfig config, Sampler sampler, MeterRegistry metrics) {
    SpanExporter exporter =
        switch (config.exporter()) {
          case NONE -> null;
          case OTLP ->
              OtlpHttpSpanExporter.builder()
                  .setEndpoint(config.endpoint() + "/v1/traces")
                  .setTimeout(LIMIT)
                  .build();
          case FILE ->
              new FileSpanExporter(config.directory().resolve(service + ".jsonl"), FULL_FILE_BYTES);
        };
    return exporter == null ? OFF : over(exporter, service, sampler, metrics);
  }

  static Tracing over(
      SpanExporter exporter, String service, Sampler sampler, MeterRegistry metrics) {
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(Resource.create(Attributes.builder().put("service.name", service).build()))
            .setSampler(sampler)
            .setSpanLimits(SpanLimits.builder().setMaxAttributeValueLength(MAX_TEXT).build())
            .addSpanProcessor(new SpanQueue(exporter, QUEUE, metrics))
            .build();
    return new Tracing(provider, provider.get(SCOPE));
  }

  public boolean isOn() {
    return tracer != null;
  }

  /** A service whose calls are traced; the same one when tracing is off. */
  public ServerServiceDefinition trace(ServerServiceDefinition service) {
    return isOn()
        ? ServerInterceptors.intercept(service, new TracingServerInterceptor(this))
        : service;
  }

  /** A channel on which calls of traced requests are traced; the same one when tracing is off. */
  public Channel trace(Channel channel) {
    return isOn() ? ClientInterceptors.intercept(channel, new TracingClientInterceptor()) : channel;
  }

  /**
   * The trail of a request that came in, its span begun; without a span when tracing is off.
   *
   * @param traceParent as the caller sent it, or null; taken only if it is well formed
   * @param name of the operation, of which there are few
   */
  public Trail request(String requestId, String traceParent, String name) {
    if (!isOn()) return new UntracedTrail(requestId);
    Span span =
        tracer
            .spanBuilder(name)
            .setParent(TraceParent.parse(traceParent))
            .setSpanKind(SpanKind.SERVER)
            .startSpan();
    if (span.isRecording()) span.setAttribute("corkboard.request_id", requestId);
    return new TracedTrail(requestId, span, tracer);
  }

  /** Hands over what was recorded, within 5 seconds or not at all. */
  @Override
  public void close() {
    if (isOn()) provider.shutdown().join(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
