// SPDX-FileCopyrightText: The Corkboard Authors
// SPDX-License-Identifier: Apache-2.0
package dev.corkboard.edge.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Counts and times requests as {@code corkboard.edge.requests}, by method, route and status, and
 * logs each at debug, those that failed here at warn: names of routes, never paths or queries.
 */
public final class RequestMetrics extends SimpleDecoratingHttpService {
  private static final Logger log = LoggerFactory.getLogger(RequestMetrics.class);

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

  private record Series(HttpMethod method, Route route, HttpStatus status) {}

  public RequestMetrics(HttpService delegate, MeterRegistry registry) {
    super(delegate);
    this.registry = registry;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    ctx.log().whenComplete().thenAccept(done -> record(ctx, done));
    return unwrap().serve(ctx, request);
  }

  private void record(ServiceRequestContext ctx, RequestLog done) {
    Series series = new Series(ctx.method(), ctx.config().route(), done.responseHeaders().status());
    timers
        .computeIfAbsent(series, this::timer)
        .record(done.totalDurationNanos(), TimeUnit.NANOSECONDS);
    Level level = series.status().isServerError() ? Level.WARN : Level.DEBUG;
    if (log.isEnabledForLevel(level)) {
      RequestTrail.on(ctx, () -> log(level, series, done.totalDurationNanos()));
    }
  }

  private static void log(Level level, Series series, long nanos) {
    log.atLevel(level)
        .addKeyValue("method", series.method())
        .addKeyValue("route", RouteNames.of(series.route()))
        .addKeyValue("status", series.status().code())
        .addKeyValue("micros", TimeUnit.NANOSECONDS.toMicros(nanos))
        .log("request");
  }

  private Timer timer(Series series) {
    return Timer.builder("corkboard.edge.requests")
        .description("Requests by route and status.")
        .tags("method", series.method().name(), "route", RouteNames.of(series.route()))
        .tag("status", series.status().codeAsText())
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
