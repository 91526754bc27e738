// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.core.read.ListAppender;
import dev.corkboard.access.v1.ListSigningKeysRequest;
import dev.corkboard.access.v1.ListSigningKeysResponse;
import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.server.Caller;
import dev.corkboard.platform.server.GrpcServer;
import dev.corkboard.platform.server.Unary;
import dev.corkboard.platform.testing.TestTokens;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TracingTest {
  private static final String METHOD = "corkboard.access.v1.SigningKeyService/ListSigningKeys";
  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-";

  private final CollectedSpans spans = new CollectedSpans();
  private final Tracing edge = tracing("edge", Sampler.alwaysOn());
  private final Tracing service = tracing("account", Sampler.parentBased(Sampler.alwaysOff()));
  private final ExecutorService driver = Executors.newSingleThreadExecutor();
  private final AtomicReference<String> requestId = new AtomicReference<>();
  private Supplier<CompletionStage<ListSigningKeysResponse>> handler = this::answerLater;
  private Server server;
  private ManagedChannel channel;

  private Tracing tracing(String name, Sampler sampler) {
    return Tracing.over(spans, name, sampler, new SimpleMeterRegistry());
  }

  @AfterEach
  void stop() {
    driver.shutdownNow();
    if (channel != null) channel.shutdownNow();
    if (server != null) server.shutdownNow();
  }

  private final class Handler extends SigningKeyServiceGrpc.SigningKeyServiceImplBase {
    @Override
    public void listSigningKeys(
        ListSigningKeysRequest request, StreamObserver<ListSigningKeysResponse> observer) {
      requestId.set(Caller.current().requestId());
      Unary.reply(observer, handler);
    }
  }

  private ServerServiceDefinition definition() {
    return GrpcServer.intercept(
        new Handler(),
        new AuthInterceptor(new TestTokens().verifier("account")),
        new SimpleMeterRegistry());
  }

  /** The calls of an edge, traced at both ends. */
  private Channel serve() throws Exception {
    String name = UUID.randomUUID().toString();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(service.trace(definition()))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    return edge.trace(channel);
  }

  /** As a store does: on a thread that knows of no request. */
  private CompletionStage<ListSigningKeysResponse> answerLater() {
    CompletableFuture<ListSigningKeysResponse> answer = new CompletableFuture<>();
    CompletionStage<ListSigningKeysResponse> followed =
        Trails.follow(answer)
            .thenApply(
                value -> {
                  Trails.current().call("SELECT second").end();
                  return value;
                });
    Trails.current().call("SELECT first").end();
    driver.execute(() -> answer.complete(ListSigningKeysResponse.getDefaultInstance()));
    return followed;
  }

  private static void call(Channel channel) {
    SigningKeyServiceGrpc.newBlockingStub(channel)
        .listSigningKeys(ListSigningKeysRequest.getDefaultInstance());
  }

  private void request(Channel channel, String parent) {
    Trail trail = edge.request("r-1", parent, "GET /keys");
    Trail before = Trails.enter(trail);
    try {
      call(channel);
    } finally {
      Trails.leave(before);
      trail.span().end();
    }
  }

  private void flush() {
    edge.close();
    service.close();
  }

  @Test
  void aTraceGoesFromTheEdgeThroughTheCallToWhatTheHandlerDoesOnOtherThreads() throws Exception {
    request(serve(), PARENT + "01");
    flush();
    SpanData root = spans.named("GET /keys");
    SpanData served =
        spans.spans().stream()
            .filter(s -> s.getName().equals(METHOD) && s.getKind() == SpanKind.SERVER)
            .findFirst()
            .orElseThrow();
    SpanData called =
        spans.spans().stream()
            .filter(s -> s.getName().equals(METHOD) && s.getKind() == SpanKind.CLIENT)
            .findFirst()
            .orElseThrow();
    assertThat(root.getTraceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(root.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(called.getParentSpanId()).isEqualTo(root.getSpanId());
    assertThat(served.getParentSpanId()).isEqualTo(called.getSpanId());
    assertThat(spans.named("SELECT first").getParentSpanId()).isEqualTo(served.getSpanId());
    assertThat(spans.named("SELECT second").getParentSpanId()).isEqualTo(served.getSpanId());
    assertThat(spans.spans())
        .hasSize(5)
        .extracting(SpanData::getTraceId)
        .containsOnly(root.getTraceId());
  }

  @Test
  void aFailureIsNamedAndItsMessageIsNot() throws Exception {
    Channel channel = serve();
    handler = () -> CompletableFuture.failedStage(ApiException.unavailable("secret words", null));
    assertThatThrownBy(() -> request(channel, null)).hasMessageContaining("UNAVAILABLE");
    flush();
    assertThat(spans.spans())
        .filteredOn(span -> span.getName().equals(METHOD))
        .hasSize(2)
        .allSatisfy(
            span -> {
              assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
              assertThat(span.getAttributes().get(AttributeKey.stringKey("error.type")))
                  .isEqualTo("UNAVAILABLE");
              assertThat(span.toString()).doesNotContain("secret words");
            });
  }

  @Test
  void aCallWithoutARequestIdHasOneInTraceAndHandlerAlike() throws Exception {
    service.close();
    AtomicReference<String> seen = new AtomicReference<>();
    Channel channel = serve();
    handler =
        () -> {
          seen.set(Trails.current().requestId());
          return answerLater();
        };
    call(channel);
    assertThat(seen.get()).isNotEmpty().isEqualTo(requestId.get());
  }

  @Test
  void switchedOffItAddsNothing() throws Exception {
    ServerServiceDefinition plain = definition();
    assertThat(Tracing.OFF.trace(plain)).isSameAs(plain);
    Channel traced = serve();
    assertThat(traced).isNotSameAs(channel);
    assertThat(Tracing.OFF.trace((Channel) channel)).isSameAs(channel);
    assertThat(Tracing.OFF.request("r", PARENT + "01", "GET /").span().isRecording()).isFalse();
  }

  private long recorded(Sampler sampler, String parent) {
    Tracing tracing = tracing("edge", sampler);
    long recorded = 0;
    for (int i = 0; i < 2_000; i++) {
      if (tracing.request("r", parent, "GET /").span().isRecording()) recorded++;
    }
    tracing.close();
    return recorded;
  }

  @Test
  void strangersCannotHaveAllTheirRequestsRecorded() {
    assertThat(recorded(Tracing.edgeSampler(0), PARENT + "01")).isZero();
    // One trace id, of which a sampler by trace id would record all or none.
    assertThat(recorded(Tracing.edgeSampler(0.5), PARENT + "01")).isBetween(700L, 1_300L);
    assertThat(recorded(Tracing.edgeSampler(0.5), null)).isBetween(700L, 1_300L);
    assertThat(recorded(Tracing.edgeSampler(1), PARENT + "00")).isZero();
  }

  @Test
  void aMalformedParentIsNone() {
    for (String bad :
        new String[] {
          "",
          "junk",
          PARENT,
          PARENT + "zz",
          "ff" + PARENT.substring(2) + "01",
          PARENT + "01-more",
          "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
          PARENT + "01\r\nx: y"
        }) {
      Trail trail = edge.request("r", bad, "GET /");
      assertThat(trail.span().getSpanContext().getTraceId())
          .as(bad)
          .isNotEqualTo("4bf92f3577b34da6a3ce929d0e0e4736")
          .hasSize(32);
    }
  }

  @Test
  void everyLineOfALogNamesTheRequestAndItsSpan() {
    Trail trail = edge.request("r-7", null, "GET /");
    ListAppender<ch.qos.logback.classic.spi.ILoggingEvent> lines = new ListAppender<>();
    lines.addFilter(new TrailFilter());
    lines.start();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    ch.qos.logback.classic.Logger log = context.getLogger(UUID.randomUUID().toString());
    log.addAppender(lines);
    Trail before = Trails.enter(trail);
    log.info("within");
    Trails.leave(before);
    log.info("without");
    JsonEncoder json = new JsonEncoder();
    json.setContext(context);
    json.start();
    String within = new String(json.encode(lines.list.get(0)), StandardCharsets.UTF_8);
    assertThat(within)
        .contains("\"request_id\":\"r-7\"")
        .contains("\"trace_id\":\"" + trail.span().getSpanContext().getTraceId() + "\"")
        .contains("\"span_id\":\"" + trail.span().getSpanContext().getSpanId() + "\"");
    assertThat(new String(json.encode(lines.list.get(1)), StandardCharsets.UTF_8))
        .doesNotContain("request_id");
  }
}
