// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpRequestWriter;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import com.netflix.concurrency.limits.limit.SettableLimit;
import dev.corkboard.platform.limit.ConcurrencyLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConcurrencyCheckTest {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final ConcurrencyLimits limits =
      new ConcurrencyLimits(SettableLimit.startingAt(1), metrics);
  private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
  private final AtomicInteger bodies = new AtomicInteger();
  private Server server;
  private WebClient client;

  @BeforeEach
  void start() {
    server =
        Server.builder()
            .http(0)
            .requestTimeout(TIMEOUT)
            .service("/slow", (ctx, request) -> HttpResponse.of(answer))
            .service(
                "/body",
                (ctx, request) -> {
                  bodies.incrementAndGet();
                  return HttpResponse.of(
                      request.aggregate().thenApply(whole -> HttpResponse.of(HttpStatus.OK)));
                })
            .service("/page", (ctx, request) -> HttpResponse.of(HttpStatus.OK))
            .service("/collages/1/events", (ctx, request) -> HttpResponse.of(HttpStatus.OK))
            .service("/healthz", HealthCheckService.of())
            .route()
            .path("/picture")
            .requestTimeout(TIMEOUT.multipliedBy(2))
            .build((ctx, request) -> HttpResponse.of(HttpStatus.OK))
            .errorHandler(new ErrorHandler())
            .decorator(service -> new ConcurrencyCheck(service, limits, TIMEOUT))
            .build();
    server.start().join();
    client = WebClient.of("http://127.0.0.1:" + server.activeLocalPort());
  }

  @AfterEach
  void stop() {
    server.stop().join();
  }

  private double inflight() {
    return metrics.get("corkboard.concurrency.inflight").gauge().value();
  }

  private AggregatedHttpResponse get(String path) {
    return client.get(path).aggregate().join();
  }

  @Test
  void whatIsOverTheLimitIsToldToComeAgain() {
    CompletableFuture<AggregatedHttpResponse> slow = client.get("/slow").aggregate();
    Awaitility.await().until(() -> inflight() == 1);
    AggregatedHttpResponse refused = get("/page");
    assertThat(refused.status()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(refused.headers().get(HttpHeaderNames.RETRY_AFTER)).isEqualTo("1");
    assertThat(refused.contentUtf8()).contains("\"code\":8");
    for (String free : new String[] {"/picture", "/collages/1/events", "/healthz"}) {
      assertThat(get(free).status()).as(free).isEqualTo(HttpStatus.OK);
    }
    answer.complete(HttpResponse.of(HttpStatus.OK));
    assertThat(slow.join().status()).isEqualTo(HttpStatus.OK);
    Awaitility.await().until(() -> inflight() == 0);
    assertThat(get("/page").status()).isEqualTo(HttpStatus.OK);
  }

  @Test
  void aBodyThatIsStillToComeHoldsNoPlace() {
    HttpRequestWriter body =
        HttpRequest.streaming(RequestHeaders.of(HttpMethod.POST, "/body", "content-length", "10"));
    CompletableFuture<AggregatedHttpResponse> begun = client.execute(body).aggregate();
    body.write(HttpData.ofUtf8("half "));
    Awaitility.await().until(bodies::get, count -> count == 1);
    assertThat(inflight()).isZero();
    assertThat(get("/page").status()).isEqualTo(HttpStatus.OK);
    body.write(HttpData.ofUtf8("whole"));
    body.close();
    assertThat(begun.join().status()).isEqualTo(HttpStatus.OK);
  }
}
