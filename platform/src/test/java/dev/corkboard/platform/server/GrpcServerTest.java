// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.platform.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corkboard.access.v1.ListSigningKeysRequest;
import dev.corkboard.access.v1.ListSigningKeysResponse;
import dev.corkboard.access.v1.SigningKeyServiceGrpc;
import dev.corkboard.error.v1.ErrorReason;
import dev.corkboard.platform.auth.AuthInterceptor;
import dev.corkboard.platform.client.Channels;
import dev.corkboard.platform.error.ApiException;
import dev.corkboard.platform.testing.TestTokens;
import dev.corkboard.platform.trace.Tracing;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrpcServerTest {
  private final TestTokens tokens = new TestTokens();
  private final PrometheusMeterRegistry metrics =
      dev.corkboard.platform.metrics.Metrics.prometheus("test");
  private final AtomicInteger calls = new AtomicInteger();

  private Supplier<CompletionStage<ListSigningKeysResponse>> handler =
      () -> CompletableFuture.completedStage(ListSigningKeysResponse.getDefaultInstance());

  private final Resources open = new Resources();

  @AfterEach
  void close() {
    open.close();
  }

  private ManagedChannel serve() {
    GrpcServer server =
        open.add(
            GrpcServer.start(
                new GrpcServer.Options(
                    "test",
                    "127.0.0.1",
                    0,
                    true,
                    List.of(new Handler()),
                    new AuthInterceptor(tokens.verifier("account")),
                    metrics,
                    Tracing.OFF)));
    ManagedChannel channel =
        Channels.open(
            "127.0.0.1:" + server.port(), metrics, SigningKeyServiceGrpc.getServiceDescriptor());
    open.add(channel::shutdownNow);
    return channel;
  }

  private final class Handler extends SigningKeyServiceGrpc.SigningKeyServiceImplBase {
    @Override
    public void listSigningKeys(
        ListSigningKeysRequest request, StreamObserver<ListSigningKeysResponse> observer) {
      calls.incrementAndGet();
      Unary.reply(observer, handler);
    }
  }

  private static ListSigningKeysResponse call(ManagedChannel channel) {
    return SigningKeyServiceGrpc.newBlockingStub(channel)
        .listSigningKeys(ListSigningKeysRequest.getDefaultInstance());
  }

  private ApiException failing() {
    ManagedChannel channel = serve();
    try {
      call(channel);
    } catch (StatusRuntimeException e) {
      com.google.rpc.Status status = StatusProto.fromThrowable(e);
      assertThat(status.getDetailsList())
          .filteredOn(any -> any.is(com.google.rpc.ErrorInfo.class))
          .hasSize(1);
      return ApiException.from(e);
    }
    throw new AssertionError("the call did not fail");
  }

  @Test
  void saysItIsHealthyWhileItServes() {
    ManagedChannel channel = serve();
    var health = HealthGrpc.newBlockingStub(channel);
    for (String service : List.of("", SigningKeyServiceGrpc.SERVICE_NAME)) {
      assertThat(
              health.check(HealthCheckRequest.newBuilder().setService(service).build()).getStatus())
          .isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  void ourFailuresTravelWhole() {
    handler =
        () ->
            CompletableFuture.failedStage(
                ApiException.notFound(ErrorReason.ERROR_REASON_PIN_NOT_FOUND, "pin_id", "7"));
    ApiException failure = failing();
    assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_PIN_NOT_FOUND);
    assertThat(failure.metadata()).containsEntry("pin_id", "7");
    assertThat(failure).hasMessage("Pin not found.");
  }

  @Test
  void aServiceBehindThisOneThatRefusesConnectionsIsNoDefectOfThisOne() {
    StatusRuntimeException refused =
        Status.UNAVAILABLE
            .withCause(new ConnectException("Connection refused"))
            .asRuntimeException();
    handler = () -> CompletableFuture.failedStage(ApiException.from(refused));
    ApiException failure = failing();
    assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure).hasMessage("A service behind this one does not answer.");
  }

  @Test
  void fieldViolationsTravelWhole() {
    handler =
        () -> {
          throw ApiException.invalid(
              List.of(
                  new ApiException.Violation("a", "is required"),
                  new ApiException.Violation("b", "is odd")));
        };
    assertThat(failing().violations())
        .containsExactly(
            new ApiException.Violation("a", "is required"),
            new ApiException.Violation("b", "is odd"));
  }

  @Test
  void defectsTellTheCallerNothing() {
    handler =
        () -> {
          throw new IllegalStateException("secret of the house");
        };
    ApiException failure = failing();
    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_INTERNAL);
    assertThat(failure.getMessage()).doesNotContain("secret");
    assertThat(failure.metadata().toString()).doesNotContain("secret");
  }

  @Test
  void idempotentMethodsAreRepeatedWhenUnavailable() {
    handler =
        () ->
            calls.get() < 3
                ? CompletableFuture.failedStage(ApiException.unavailable("not yet", null))
                : CompletableFuture.completedStage(ListSigningKeysResponse.getDefaultInstance());
    call(serve());
    assertThat(calls).hasValue(3);
  }

  @Test
  void otherFailuresAreNotRepeated() {
    handler = () -> CompletableFuture.failedStage(ApiException.internal(null));
    failing();
    assertThat(calls).hasValue(1);
  }

  @Test
  void aTakenPortIsNamed() {
    GrpcServer first =
        open.add(
            GrpcServer.start(
                new GrpcServer.Options(
                    "one", "127.0.0.1", 0, false, List.of(), null, metrics, Tracing.OFF)));
    assertThatThrownBy(
            () ->
                GrpcServer.start(
                    new GrpcServer.Options(
                        "two",
                        "127.0.0.1",
                        first.port(),
                        false,
                        List.of(),
                        null,
                        metrics,
                        Tracing.OFF)))
        .hasMessage("two: cannot listen on 127.0.0.1:" + first.port());
  }

  @Test
  void metricsAreServedInPrometheusFormat() throws Exception {
    call(serve());
    AdminServer admin = open.add(AdminServer.start("127.0.0.1", 0, metrics, new Readiness()));
    assertThat(get(admin, "/metrics").body())
        .contains("grpc_server_processing_duration_seconds_bucket")
        .contains("method=\"ListSigningKeys\"")
        .contains("service=\"corkboard.access.v1.SigningKeyService\"");
  }

  @Test
  void aProcessIsAliveBeforeAndAfterItIsReady() throws Exception {
    Readiness readiness = new Readiness();
    AtomicBoolean database = new AtomicBoolean(true);
    readiness.needs("cassandra", database::get);
    AdminServer admin = open.add(AdminServer.start("127.0.0.1", 0, metrics, readiness));

    assertThat(ready(admin)).isEqualTo("503 starting");
    readiness.started();
    assertThat(ready(admin)).isEqualTo("200 ok");
    database.set(false);
    assertThat(ready(admin)).isEqualTo("503 without cassandra");
    database.set(true);
    assertThat(ready(admin)).isEqualTo("200 ok");
    readiness.draining();
    assertThat(ready(admin)).isEqualTo("503 draining");
    assertThat(get(admin, "/livez").statusCode()).isEqualTo(200);
    assertThat(get(admin, "/healthz").statusCode()).isEqualTo(200);
  }

  private static String ready(AdminServer admin) throws Exception {
    HttpResponse<String> response = get(admin, "/readyz");
    return response.statusCode() + " " + response.body().strip();
  }

  private static HttpResponse<String> get(AdminServer admin, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
